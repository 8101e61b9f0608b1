/** Which stages an app serves is written in its module and nowhere else: together the services serve what one process does. */
import { describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import { type Engines, type NotificationsSettings, openEngines } from '#engines';
import { createDemoIssuer, loadConfig } from '#platform';
import { createApp, openApiDocument } from '#platform/nest';
import { AuditServiceModule } from '../../apps/audit/src/audit.module.js';
import { IdentificationModule } from '../../apps/identification/src/identification.module.js';
import { NotifierModule } from '../../apps/notifier/src/notifier.module.js';
import { ReferralModule } from '../../apps/referral/src/referral.module.js';
import { ReintegrationModule } from '../../apps/reintegration/src/reintegration.module.js';
import { RepatriationModule } from '../../apps/repatriation/src/repatriation.module.js';
import { ReportingModule } from '../../apps/reporting/src/reporting.module.js';
import { RiskAssessmentModule } from '../../apps/risk-assessment/src/risk-assessment.module.js';
import { StandaloneModule } from '../../apps/standalone/src/standalone.module.js';

interface App {
  on(engines: Engines, settings: NotificationsSettings): DynamicModule;
}

const SERVICES: readonly App[] = [
  IdentificationModule, RiskAssessmentModule, ReferralModule, RepatriationModule, ReintegrationModule, ReportingModule, NotifierModule, AuditServiceModule,
];

async function routesOf(module: App): Promise<readonly string[]> {
  const engines = await openEngines({ data: ':memory:', clock: () => '2026-01-01T00:00:00.000Z' });
  const config = loadConfig({ LOG_LEVEL: 'silent', PORT: '0' });
  const app = await createApp(module.on(engines, { portal: 'http://127.0.0.1/inbox', allowLoopback: true }), config, { demoIssuer: await createDemoIssuer() });
  const { paths } = openApiDocument(app);
  await app.close();
  const routes = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`));
  return routes.filter((route) => !route.includes(' /health/'));
}

describe('the services', () => {
  it('serve each route of the one process, each exactly one of them', async () => {
    const served: string[] = [];
    for (const service of SERVICES) served.push(...(await routesOf(service)));
    expect(served.sort()).toEqual([...(await routesOf(StandaloneModule))].sort());
  }, 60_000);
});
