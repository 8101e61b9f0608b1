import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { ReportingModule } from './reporting.module.js';

await run(async (config) => ReportingModule.on(await openForService(config, [])));
