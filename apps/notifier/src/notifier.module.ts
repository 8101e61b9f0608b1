/** Tells partners, and does on time what the house itself owes. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CaseworkModule, ClockModule } from '#casework/nest';
import { type Engines, type NotificationsSettings, openNotificationsOn } from '#engines';
import { ServiceModule } from '#engines/nest';
import { NotificationsModule } from '#notifications/nest';

@Module({})
export class NotifierModule {
  static on(engines: Engines, settings: NotificationsSettings): DynamicModule {
    return {
      module: NotifierModule,
      imports: [
        ServiceModule.on(engines),
        CaseworkModule.serving([]),
        ClockModule,
        NotificationsModule.register({ inject: [], useFactory: () => openNotificationsOn(engines, settings), run: true }),
      ],
    };
  }
}
