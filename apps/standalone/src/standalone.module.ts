/** The first run: every role in one process. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit/nest';
import { CaseworkModule, ClockModule } from '#casework/nest';
import { type Engines, type NotificationsSettings, openNotificationsOn } from '#engines';
import { ProjectorModule, ServiceModule } from '#engines/nest';
import { InboxModule } from '#inbox/nest';
import { MechanismModule } from '#mechanism/nest';
import { NotificationsModule } from '#notifications/nest';

@Module({})
export class StandaloneModule {
  static on(engines: Engines, settings: NotificationsSettings): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        ServiceModule.withCustody(engines),
        ProjectorModule.on(engines),
        CaseworkModule.serving([
          'intake', 'consent', 'guardianship', 'identification', 'reflection-period', 'risk-assessment', 'referral', 'repatriation', 'reintegration',
          'proceedings', 'case-management', 'closure', 'break-glass', 'country-policy',
        ], ['cases', 'desk']),
        ClockModule,
        MechanismModule,
        InboxModule,
        AuditModule.serving({ sign: true }),
        NotificationsModule.register({
          inject: [], useFactory: () => openNotificationsOn(engines, settings), run: true,
        }),
      ],
    };
  }
}
