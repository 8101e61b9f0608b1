import 'reflect-metadata';
import { notificationsSettings, openForService } from '#engines';
import { run } from '#platform/nest';
import { NotifierModule } from './notifier.module.js';

await run(async (config) => NotifierModule.on(await openForService(config, ['watch-majority']), notificationsSettings(config)));
