/**
 * The eight apps of a mechanism behind the proxy, each on connections of its own to shared servers, in this process: so that a
 * test can move the clock of all of them at once, and put something between an app and its engines.
 * As processes of their own: service-processes.ts.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClockService } from '#casework/nest';
import { type Engines, type NotificationsSettings, openEngines } from '#engines';
import { type DemoIssuer, loadConfig } from '#platform';
import { createApp, METRICS } from '#platform/nest';
import { KEY_PURPOSES, type KeyPurpose } from '#privacy';
import { AuditServiceModule } from '../../apps/audit/src/audit.module.js';
import { IdentificationModule } from '../../apps/identification/src/identification.module.js';
import { NotifierModule } from '../../apps/notifier/src/notifier.module.js';
import { ReferralModule } from '../../apps/referral/src/referral.module.js';
import { ReintegrationModule } from '../../apps/reintegration/src/reintegration.module.js';
import { RepatriationModule } from '../../apps/repatriation/src/repatriation.module.js';
import { ReportingModule } from '../../apps/reporting/src/reporting.module.js';
import { RiskAssessmentModule } from '../../apps/risk-assessment/src/risk-assessment.module.js';

interface App {
  on(engines: Engines, settings: NotificationsSettings): DynamicModule;
}

const APPS: Readonly<Record<string, App>> = {
  identification: IdentificationModule, 'risk-assessment': RiskAssessmentModule, referral: ReferralModule, repatriation: RepatriationModule,
  reintegration: ReintegrationModule, reporting: ReportingModule, notifier: NotifierModule, audit: AuditServiceModule,
};

/** What the keys of an app may do: what its main.ts opens the engines with. */
export async function purposesOf(name: string): Promise<readonly KeyPurpose[]> {
  const main = await readFile(join(import.meta.dirname, '../../apps', name, 'src/main.ts'), 'utf8');
  const [, granted] = /openForService\(config, \[([^\]]*)\]/.exec(main) ?? [];
  if (granted === undefined) throw new Error(`it can not be seen what the keys of ${name} may do`);
  return KEY_PURPOSES.filter((purpose) => granted.includes(`'${purpose}'`));
}

interface ProxyModule {
  routesOf(urls: Readonly<Record<string, string>>): Promise<object>;
  startProxy(port: number, routing: object, instancesOf: (service: string) => readonly string[]): Promise<{ address: string; close(): Promise<void> }>;
}

/** What a test holds of a mechanism, of one process or of eight apps. */
export interface RunningApps {
  readonly address: string;
  /** Tells apps of another process that the clock was moved. */
  turned?(): Promise<void>;
  actOnDue(): Promise<unknown>;
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface ServiceAppsOptions {
  readonly engines: Omit<Parameters<typeof openEngines>[0], 'purposes'>;
  readonly between: ((engines: Engines) => Engines) | undefined;
  readonly settings: NotificationsSettings;
  /** Settings, as the environment would hold them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly now: () => string;
  readonly issuer: DemoIssuer;
  readonly logTo: { write(line: string): void } | undefined;
}

/** Starts all eight, then the proxy that `npm run services` starts. */
export async function startServiceApps({ engines, between, settings, environment, issuer, logTo }: ServiceAppsOptions): Promise<RunningApps> {
  const apps = new Map<string, NestFastifyApplication>();
  const urls: Record<string, string> = {};
  const options = { demoIssuer: issuer, ...(logTo === undefined ? {} : { logTo }) };
  for (const [name, module] of Object.entries(APPS)) {
    const opened = await openEngines({ ...engines, purposes: await purposesOf(name) });
    const app = await createApp(module.on(between?.(opened) ?? opened, settings), loadConfig(environment), options);
    await app.listen(0, '127.0.0.1');
    apps.set(name, app);
    urls[name] = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  }
  const { routesOf, startProxy } = (await import(join(import.meta.dirname, '../../scripts/services/proxy.mjs'))) as ProxyModule;
  // Each of them issues tokens for a demonstration, as no app of its own does here.
  const proxy = await startProxy(0, await routesOf(urls), (service) => [urls[service === 'issuer' ? 'identification' : service]!]);
  return {
    address: proxy.address,
    actOnDue: () => apps.get('notifier')!.get(ClockService, { strict: false }).runner.actOnDue(),
    metrics: async () => (await Promise.all([...apps.values()].map((app) => app.get<{ metrics(): Promise<string> }>(METRICS).metrics()))).join('\n'),
    stop: async () => {
      await proxy.close();
      for (const app of apps.values()) await app.close();
    },
  };
}
