import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { AuditServiceModule } from './audit.module.js';

await run(async (config) => AuditServiceModule.on(await openForService(config, ['disclose', 'rotate', 'erase'])));
