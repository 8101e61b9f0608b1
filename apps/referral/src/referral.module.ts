/** Referral and services, the directory and the policies of the mechanism, and the desk of partners, as an interface and as a page. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule } from '#casework/nest';
import type { Engines } from '#engines';
import { ServiceModule } from '#engines/nest';
import { InboxModule } from '#inbox/nest';
import { MechanismModule } from '#mechanism/nest';

@Module({})
export class ReferralModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: ReferralModule,
      imports: [
        ServiceModule.on(engines),
        CaseworkModule.serving(['referral', 'country-policy'], ['desk']),
        MechanismModule,
        InboxModule,
      ],
    };
  }
}
