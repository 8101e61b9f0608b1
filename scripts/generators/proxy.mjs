// deploy/routes.caddy: which service serves which path, as the services' own modules say. For the proxy of docker-compose.
import 'reflect-metadata';
import { openEngines } from '#engines';
import { createDemoIssuer, loadConfig } from '#platform';
import { createApp, openApiDocument } from '#platform/nest';
import { AuditServiceModule } from '../../dist/apps/audit/src/audit.module.js';
import { IdentificationModule } from '../../dist/apps/identification/src/identification.module.js';
import { NotifierModule } from '../../dist/apps/notifier/src/notifier.module.js';
import { ReferralModule } from '../../dist/apps/referral/src/referral.module.js';
import { ReintegrationModule } from '../../dist/apps/reintegration/src/reintegration.module.js';
import { RepatriationModule } from '../../dist/apps/repatriation/src/repatriation.module.js';
import { ReportingModule } from '../../dist/apps/reporting/src/reporting.module.js';
import { RiskAssessmentModule } from '../../dist/apps/risk-assessment/src/risk-assessment.module.js';

const SERVICES = {
  identification: IdentificationModule,
  'risk-assessment': RiskAssessmentModule,
  referral: ReferralModule,
  repatriation: RepatriationModule,
  reintegration: ReintegrationModule,
  reporting: ReportingModule,
  notifier: NotifierModule,
  audit: AuditServiceModule,
};
/** Pages for people stand in no OpenAPI document. */
const PAGES = '(inbox(/.*)?|docs(/.*)?|openapi\\.json)';

async function servedBy(module) {
  const engines = await openEngines({ data: ':memory:', clock: () => '2026-01-01T00:00:00.000Z' });
  const config = loadConfig({ LOG_LEVEL: 'silent', PORT: '0' });
  const settings = { portal: 'http://127.0.0.1/inbox', allowLoopback: true };
  const app = await createApp(module.on(engines, settings), config, { demoIssuer: await createDemoIssuer() });
  const { paths } = openApiDocument(app);
  await app.close();
  return Object.keys(paths).filter((path) => !path.startsWith('/health/'));
}

const pattern = (path) => path.slice(1).replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+');

export default async function generate() {
  const lines = ['# Written by `npm run generate` from the modules of the services; do not edit.'];
  for (const [service, module] of Object.entries(SERVICES)) {
    const served = (await servedBy(module)).map(pattern).sort();
    const all = service === 'referral' ? [...served, PAGES] : served;
    lines.push(`@${service} path_regexp ^/(${all.join('|')})/?$`, `reverse_proxy @${service} ${service}:8080`);
  }
  return { 'deploy/routes.caddy': `${lines.join('\n')}\n` };
}
