/** The first run: every role in one process. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit/nest';
import { CaseworkModule } from '#casework/nest';
import { type Engines, noticesOf, openNotificationsOn } from '#engines';
import { DirectoryService, EnginesModule, ErasureService } from '#engines/nest';
import { MechanismModule } from '#mechanism/nest';
import { NotificationsModule } from '#notifications/nest';
import { DERIVED_DATA } from '#privacy';

@Module({})
export class StandaloneModule {
  static on(engines: Engines): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        EnginesModule.of(engines),
        CaseworkModule.serving([
          'intake', 'consent', 'guardianship', 'identification', 'risk-assessment', 'referral', 'repatriation', 'reintegration', 'closure',
        ]),
        MechanismModule,
        AuditModule.serving({ sign: true }),
        NotificationsModule.register({
          inject: [], useFactory: () => openNotificationsOn(engines, { portal: '/inbox', allowLoopback: true }), run: true,
        }),
      ],
      providers: [ErasureService, DirectoryService, { provide: DERIVED_DATA, useValue: [noticesOf(engines)] }],
    };
  }
}
