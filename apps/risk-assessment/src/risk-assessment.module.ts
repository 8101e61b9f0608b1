/** Risk assessment and safety planning. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { ServiceModule } from '#engines/nest';

@Module({})
export class RiskAssessmentModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: RiskAssessmentModule,
      imports: [
        ServiceModule.on(engines),
        CaseworkModule.serving(['risk-assessment']),
      ],
    };
  }
}
