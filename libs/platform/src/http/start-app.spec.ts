import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { Public } from '../authentication/authentication.guard.js';
import { loadConfig } from '../config/config.js';
import type { CaseRequest } from '../request/case-request.js';
import { CurrentRequest } from '../request/current-request.js';
import { type RunningApp, startApp } from './start-app.js';

const root = mkdtempSync(join(tmpdir(), 'tandem-start-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const gate = {
  arrived: Promise.withResolvers<undefined>(),
  open: Promise.withResolvers<undefined>(),
  stop: Promise.withResolvers<undefined>(),
};

@Injectable()
class SlowToStop implements OnModuleDestroy {
  async onModuleDestroy(): Promise<void> {
    await gate.stop.promise;
  }
}

@Controller()
class StartController {
  @Get('v1/me')
  me(@CurrentRequest() { caller }: CaseRequest): object {
    return caller;
  }

  @Public()
  @Get('slow')
  async slow(): Promise<{ done: true }> {
    gate.arrived.resolve(undefined);
    await gate.open.promise;
    return { done: true };
  }
}
@Module({ controllers: [StartController] })
class StartModule {}
@Module({ controllers: [StartController], providers: [SlowToStop] })
class SlowModule {}

const demo = (name: string, changes: Record<string, string> = {}) =>
  loadConfig({ PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'silent', TANDEM_DATA: join(root, name), ...changes });

describe('an app of the demonstration', () => {
  it('starts, gives a token, serves figures that name nobody, and keeps its key for the next start', async () => {
    const first = await startApp(() => StartModule, demo('a'));
    const wanted = { organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-1', human: true };
    const given = await fetch(`${first.url}/demo/tokens`, {
      method: 'POST',
      body: JSON.stringify(wanted),
      headers: { 'content-type': 'application/json' },
    });
    const { access_token: token } = (await given.json()) as { access_token: string };
    await fetch(`${first.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    const figures = await (await fetch(first.metricsUrl!)).text();
    expect(figures).toMatch(/tandem_http_request_seconds_count\{method="GET",status="200"\} 1/);
    expect(figures).not.toMatch(/casa-lumina|route=|\/v1/);
    expect((await fetch(first.metricsUrl!.replace('/metrics', '/'))).status).toBe(404);
    await first.app.close();
    await expect(fetch(first.metricsUrl!)).rejects.toThrow();

    const second = await startApp(() => StartModule, demo('a'));
    expect((await fetch(`${second.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    await second.app.close();
  });

  it('will not start on the data of a server', async () => {
    const server = {
      TANDEM_PROFILE: 'server',
      OIDC_ISSUER: 'https://id.example',
      OIDC_AUDIENCE: 'tandem',
      OIDC_JWKS_URL: 'https://id.example/keys',
    };
    const { app } = await startApp(() => StartModule, demo('b', server));
    await app.close();
    await expect(startApp(() => StartModule, demo('b'))).rejects.toThrow(
      'TANDEM_DATA is a directory of the server profile',
    );
  });
});

describe('an app that stops', () => {
  it('finishes what is under way and turns away what is new', async () => {
    const { app, url } = await startApp(() => SlowModule, demo('c'));
    const underWay = fetch(`${url}/slow`);
    await gate.arrived.promise;
    const closed = app.close();
    const refused = await fetch(`${url}/health/live`);
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 503,
      body: { code: 'stopping' },
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    gate.stop.resolve(undefined);
    gate.open.resolve(undefined);
    expect(await (await underWay).json()).toEqual({ done: true });
    await closed;
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});

describe('an app of a server', () => {
  let provider: Server;
  let running: RunningApp;
  const published: { keys: object[]; fail: boolean } = { keys: [], fail: true };

  it('checks tokens with the keys that the issuer publishes, and says when it can not have them', async () => {
    provider = createServer((_request, response) => {
      response
        .writeHead(published.fail ? 500 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: published.keys }));
    });
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const issuer = `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`;
    const settings = {
      TANDEM_PROFILE: 'server',
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: 'tandem',
      OIDC_JWKS_URL: `${issuer}/keys`,
    };
    running = await startApp(() => StartModule, demo('d', settings));
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const token = await new SignJWT({ organisation: 'casa-lumina', roles: ['CM'], azp: 'desk' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience('tandem')
      .setSubject('s-1')
      .setExpirationTime('1m')
      .sign(privateKey);
    // Behind a proxy, as servers are: forwarded headers are no reason to refuse, nor believed.
    const ask = () =>
      fetch(`${running.url}/v1/me`, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '10.0.0.1' } });

    const refused = await ask();
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 503,
      body: { code: 'keys-unavailable' },
    });
    published.fail = false;
    published.keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }];
    const allowed = await ask();
    expect({ status: allowed.status, body: await allowed.json() }).toMatchObject({
      status: 200,
      body: { organisation: 'casa-lumina', human: false },
    });
    expect(allowed.headers.get('strict-transport-security')).toMatch(/max-age/);
  });

  it('has no demo issuer', async () => {
    expect((await fetch(`${running.url}/demo/tokens`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${running.url}/demo/jwks`)).status).toBe(404);
    await running.app.close();
    provider.close();
  });
});
