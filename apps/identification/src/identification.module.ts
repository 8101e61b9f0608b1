/** From the first sign to identification, consent and guardianship; and what is read of a case. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit/nest';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { CaseIndexModule, ServiceModule } from '#engines/nest';

@Module({})
export class IdentificationModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: IdentificationModule,
      imports: [
        ServiceModule.on(engines),
        CaseIndexModule.on(engines),
        CaseworkModule.serving(['intake', 'consent', 'guardianship', 'identification', 'reflection-period', 'proceedings', 'case-management', 'break-glass'], ['cases']),
        AuditModule.grounds(),
      ],
    };
  }
}
