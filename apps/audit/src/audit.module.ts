/** History, proof, disclosures and exports; and what must be forgotten is forgotten from here. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit/nest';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { ServiceModule } from '#engines/nest';

@Module({})
export class AuditServiceModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: AuditServiceModule,
      imports: [
        ServiceModule.withCustody(engines),
        CaseworkModule.serving([]),
        AuditModule.serving({ sign: true }),
      ],
    };
  }
}
