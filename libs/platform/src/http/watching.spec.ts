/** What an operator sees of an app: that it lives, its log, and a client that asks too often. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthChecks } from './health.js';
import { app, call, issuer, json, lines, SECRET, start } from '../../../../test/support/notes-app.js';

beforeAll(start);
afterAll(() => app.close());

describe('watching', () => {
  it('tells that it lives, and which part is not ready', async () => {
    expect(await call('GET', '/health/live', { authorization: '' })).toMatchObject({
      status: 200,
      body: { status: 'live' },
    });
    expect(await call('GET', '/health/ready', { authorization: '' })).toMatchObject({ status: 200 });
    app.get(HealthChecks).register('views', () => Promise.reject(new Error(SECRET)));
    const { status, body } = await call('GET', '/health/ready', { authorization: '' });
    expect({ status, details: body['details'] }).toEqual({ status: 503, details: { failing: ['views'] } });
  });

  it('logs the template of a route, never what was asked', async () => {
    await call(
      'POST',
      `/v1/cases/${encodeURIComponent(SECRET)}/notes?x=${encodeURIComponent(SECRET)}`,
      json,
      JSON.stringify({ code: SECRET }),
    );
    const line = JSON.parse(lines.filter((l) => l.includes('"request"')).at(-1) ?? '{}') as Record<string, unknown>;
    expect(line).toMatchObject({
      route: '/v1/cases/:caseId/notes',
      method: 'POST',
      status: 400,
      problem: 'body-invalid',
    });
    expect(Object.keys(line).sort()).toEqual([
      'client',
      'level',
      'method',
      'milliseconds',
      'msg',
      'problem',
      'requestId',
      'route',
      'status',
      'time',
    ]);
    expect(lines.join('')).not.toMatch(/Ana|casa-lumina|Bearer|staff-1/);
  });

  it('turns a client away that asks too often, and says for how long', async () => {
    const greedy = await issuer.issue({
      organisation: 'casa-lumina',
      roles: [],
      actor: 'a',
      human: false,
      client: 'greedy',
    });
    const ask = () => call('GET', '/v1/cases/c1', { authorization: `Bearer ${greedy}` });
    const statuses = [];
    for (let i = 0; i < 152; i++) statuses.push((await ask()).status);
    expect(statuses.filter((s) => s === 200).length).toBeGreaterThanOrEqual(150);
    expect(await ask()).toMatchObject({
      status: 429,
      body: { code: 'too-many-requests' },
      headers: { 'retry-after': '1' },
    });
    expect((await call('GET', '/v1/cases/c1')).status).toBe(200);
  });
});
