/** Assisted return. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { ServiceModule } from '#engines/nest';

@Module({})
export class RepatriationModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: RepatriationModule,
      imports: [
        ServiceModule.on(engines),
        CaseworkModule.serving(['repatriation']),
      ],
    };
  }
}
