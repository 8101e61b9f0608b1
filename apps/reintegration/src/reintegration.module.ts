/** Reintegration, and the end of a case. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { ServiceModule } from '#engines/nest';

@Module({})
export class ReintegrationModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: ReintegrationModule,
      imports: [
        ServiceModule.on(engines),
        CaseworkModule.serving(['reintegration', 'closure']),
      ],
    };
  }
}
