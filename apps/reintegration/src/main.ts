import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { ReintegrationModule } from './reintegration.module.js';

await run(async (config) => ReintegrationModule.on(await openForService(config, ['seal', 'disclose', 'watch-majority'])));
