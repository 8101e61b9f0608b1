/** The first run: every role in one process. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule, ClockModule } from '#casework/nest';
import type { Engines } from '#engines';
import { EnginesModule } from '#engines/nest';

@Module({})
export class StandaloneModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [EnginesModule.of(engines), CaseworkModule.serving([
          'intake', 'consent', 'guardianship', 'identification', 'risk-assessment', 'referral', 'repatriation', 'reintegration', 'closure',
        ]), ClockModule],
    };
  }
}
