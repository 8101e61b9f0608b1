/** Keeps the views up with the log, and serves reports and the desk. */
import { type DynamicModule, Module } from '@nestjs/common';
import type { Engines } from '#engines';
import { ProjectorModule, ServiceModule } from '#engines/nest';

@Module({})
export class ReportingModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: ReportingModule,
      imports: [
        ServiceModule.on(engines),
        ProjectorModule.on(engines),
      ],
    };
  }
}
