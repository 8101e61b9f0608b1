import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { ReferralModule } from './referral.module.js';

await run(async (config) => ReferralModule.on(await openForService(config, ['seal', 'disclose', 'watch-majority'])));
