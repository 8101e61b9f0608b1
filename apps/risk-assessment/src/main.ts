import 'reflect-metadata';
import { openForService } from '#engines';
import { run } from '#platform/nest';
import { RiskAssessmentModule } from './risk-assessment.module.js';

await run(async (config) => RiskAssessmentModule.on(await openForService(config, ['seal', 'disclose', 'watch-majority'])));
