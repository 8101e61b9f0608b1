/** One way to make an app of a module: every app has the same doors, limits, answers and habits. */
import { type DynamicModule, type LoggerService, Module, type Type } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createRemoteJWKSet } from 'jose';
import type { DestinationStream, Logger } from 'pino';
import { AuthenticationGuard, CLIENT_LIMIT, TOKEN_VERIFIER } from '../authentication/authentication.guard.js';
import { type DemoIssuer, createDemoIssuer } from '../authentication/demo-issuer.js';
import { DEMO, DemoController } from '../authentication/demo.http.js';
import { type TokenExpectations, tokenVerifier } from '../authentication/token-verifier.js';
import { type Config, ConfigError } from '../config/config.js';
import { serveDocument } from '../openapi/document.js';
import { addDoorway } from './doorway.js';
import { CanNotServe, HealthChecks, HealthController, type HealthWatch } from './health.js';
import { createLog, faultOf, requestLine } from './log.js';
import { METRICS, createMetrics, tellReadiness, timeRequests } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { tokenBuckets } from './rate-limit.js';
import { watchRoutes } from './routes.js';
import { createServer } from './server.js';

export const CONFIG = Symbol('config');
export const LOG = Symbol('log');

/** The demonstration speaks HTTP on this computer: a browser told to use HTTPS would not find it. */
const PLAIN_HTTP = {
  strictTransportSecurity: false,
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
};

export interface AppOptions {
  /** Where log lines go; standard output when absent. */
  readonly logTo?: DestinationStream;
  /** Keys of the demo issuer; made in the data directory when absent. */
  readonly demoIssuer?: DemoIssuer;
}

@Module({})
class EdgeModule {}

/** Nest speaks of modules and routes while it boots; texts only, since an object could hold anything. */
function nestLogger(log: Logger): LoggerService {
  const line = (write: (text: string) => void) => (message: unknown) => {
    write(typeof message === 'string' ? message : 'a message of the framework that is not a text');
  };
  return {
    log: line((text) => {
      log.debug(text);
    }),
    warn: line((text) => {
      log.warn(text);
    }),
    error: line((text) => {
      log.error(text);
    }),
  };
}

const linesOfHealth = (log: Logger): HealthWatch => (part, fault) => {
  if (fault === undefined) log.info({ part }, 'a part serves again');
  else log.warn({ part, ...(fault instanceof CanNotServe ? { because: fault.because } : { fault: faultOf(fault) }) }, 'a part can not serve');
};

async function identity(
  config: Config,
  options: AppOptions,
): Promise<{ expectations: TokenExpectations; demo?: DemoIssuer }> {
  if (config.profile === 'demo') {
    const demo = options.demoIssuer ?? (await createDemoIssuer(config.data));
    return { expectations: demo.expectations, demo };
  }
  if (config.oidc === undefined) throw new ConfigError(['OIDC_ISSUER is needed by the server profile']);
  const { issuer, audience, jwks } = config.oidc;
  return { expectations: { issuer, audience, keys: createRemoteJWKSet(new URL(jwks)) } };
}

async function edge(
  module: Type | DynamicModule,
  config: Config,
  options: AppOptions,
  log: Logger,
): Promise<DynamicModule> {
  const { expectations, demo } = await identity(config, options);
  const values = [
    { provide: CONFIG, useValue: config },
    { provide: LOG, useValue: log },
    { provide: METRICS, useValue: createMetrics() },
    { provide: TOKEN_VERIFIER, useValue: tokenVerifier(expectations) },
    { provide: CLIENT_LIMIT, useValue: tokenBuckets(config.rateLimit) },
    ...(demo === undefined ? [] : [{ provide: DEMO, useValue: demo }]),
  ];
  return {
    module: EdgeModule,
    global: true,
    imports: [module],
    controllers: [HealthController, ...(demo === undefined ? [] : [DemoController])],
    providers: [...values, HealthChecks, { provide: APP_GUARD, useClass: AuthenticationGuard }],
    exports: [CONFIG, LOG, METRICS, HealthChecks, TOKEN_VERIFIER, CLIENT_LIMIT],
  };
}

/**
 * Makes the app of a module, initialised but not listening yet. Every module of it may inject `CONFIG`, `LOG`, `METRICS`,
 * `HealthChecks`, `TOKEN_VERIFIER` and `CLIENT_LIMIT`. Every route needs a token unless it is marked `@Public()`. When it stops, new requests are answered
 * with 503 and those under way are finished: what they need is closed in `onApplicationShutdown`, not before.
 */
export async function createApp(
  module: Type | DynamicModule,
  config: Config,
  options: AppOptions = {},
): Promise<NestFastifyApplication> {
  const log = createLog(config.logLevel, options.logTo);
  const adapter = createServer(log);
  const server = adapter.getInstance();
  const allowed = watchRoutes(server);
  addDoorway(server, config.profile, () => adapter.stopping);
  const root = await edge(module, config, options, log);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(log),
  });
  timeRequests(server, app.get(METRICS));
  app.get(HealthChecks).tell(linesOfHealth(log));
  tellReadiness(app.get(HealthChecks), app.get(METRICS));
  server.addHook('onResponse', (request, reply, done) => {
    log.info(requestLine(request as never, reply as never), 'request');
    done();
  });
  app.useGlobalFilters(new ProblemFilter(allowed, log));
  serveDocument(app);
  app.useSecurityHeaders(config.profile === 'demo' ? PLAIN_HTTP : {});
  await app.init();
  await server.ready();
  return app;
}
