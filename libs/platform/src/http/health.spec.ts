import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Registry } from 'prom-client';
import { createDemoIssuer } from '../authentication/demo-issuer.js';
import { loadConfig } from '../config/config.js';
import { createApp } from './create-app.js';
import { CanNotServe, HealthChecks } from './health.js';
import { METRICS } from './metrics.js';

@Module({})
class AnyModule {}

let app: NestFastifyApplication;
const lines: string[] = [];
let fault: Error | undefined;
beforeAll(async () => {
  app = await createApp(AnyModule, loadConfig({ LOG_LEVEL: 'info' }), { demoIssuer: await createDemoIssuer(), logTo: { write: (line) => lines.push(line) } });
  const checks = app.get(HealthChecks);
  checks.register('projections', () => (fault === undefined ? Promise.resolve() : Promise.reject(fault)));
  checks.register('clock', () => undefined);
});
afterAll(() => app.close());

const ready = async () => (await app.inject({ method: 'GET', url: '/health/ready' })).json<object>();
const figures = async () => (await app.get<Registry>(METRICS).metrics()).split('\n').filter((line) => line.startsWith('tandem_part_ready{'));
const told = () => lines.splice(0).map((line) => JSON.parse(line) as object).filter((line) => 'part' in line);

it('a part that can not serve is named on the page and in the figures, and once in the log with its reason', async () => {
  expect(await ready()).toEqual({ status: 'ready' });
  expect(told()).toEqual([]);
  const reason = new CanNotServe([{ projection: 'desk', state: 'stopped', because: 'unknown-event' }]);
  fault = reason;
  for (let look = 0; look < 2; look++) expect(await ready()).toMatchObject({ code: 'not-ready', details: { failing: ['projections'] } });
  expect(await figures()).toEqual(['tandem_part_ready{part="projections"} 0', 'tandem_part_ready{part="clock"} 1']);
  expect(told()).toEqual([expect.objectContaining({ part: 'projections', because: reason.because, msg: 'a part can not serve' })]);
  fault = undefined;
  expect(await figures()).toEqual(['tandem_part_ready{part="projections"} 1', 'tandem_part_ready{part="clock"} 1']);
  expect(told()).toEqual([expect.objectContaining({ part: 'projections', msg: 'a part serves again' })]);
});

it('what any other error says is not written: it could quote a value', async () => {
  fault = new Error('Ana Testescu');
  await figures();
  expect(lines.join('')).not.toContain('Testescu');
  expect(told()).toEqual([expect.objectContaining({ part: 'projections', fault: expect.objectContaining({ name: 'Error' }) as unknown })]);
});
