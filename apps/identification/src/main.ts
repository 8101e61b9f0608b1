import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { IdentificationModule } from './identification.module.js';

await run(async (config) => IdentificationModule.on(await openForService(config, ['seal', 'disclose', 'watch-majority'])));
