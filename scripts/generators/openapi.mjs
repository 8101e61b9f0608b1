// docs/openapi.json: the API of the standalone app, from its routes and the decorators of its bodies.
import 'reflect-metadata';
import { openEngines } from '#engines';
import { loadConfig } from '#platform';
import { createApp, openApiDocument } from '#platform/nest';
import { createDemoIssuer } from '#platform';
import { StandaloneModule } from '../../dist/apps/standalone/src/standalone.module.js';

export default async function generate() {
  const engines = await openEngines({ data: ':memory:', clock: () => '2026-01-01T00:00:00.000Z' });
  const config = loadConfig({ LOG_LEVEL: 'silent', PORT: '0' });
  const app = await createApp(StandaloneModule.on(engines, { portal: 'http://127.0.0.1/inbox', allowLoopback: true }), config, { demoIssuer: await createDemoIssuer() });
  const document = openApiDocument(app);
  await app.close();
  return { 'docs/openapi.json': JSON.stringify(document) };
}
