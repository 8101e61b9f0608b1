import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { RepatriationModule } from './repatriation.module.js';

await run(async (config) => RepatriationModule.on(await openForService(config, ['seal', 'disclose', 'watch-majority'])));
