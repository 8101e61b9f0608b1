/** What every `main.ts` does: settings, data directory, app, ports. */
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Config, ConfigError, describe, loadConfig } from '../config/config.js';
import { claimDataDirectory } from '../config/data-directory.js';
import { type AppOptions, LOG, createApp } from './create-app.js';
import { METRICS, serveMetrics } from './metrics.js';

/** The module of an app, made once the settings are known and the data directory is claimed. */
export type ModuleFactory = (config: Config) => Type | DynamicModule | Promise<Type | DynamicModule>;

export interface RunningApp {
  readonly app: NestFastifyApplication;
  /** Where it answers, with the port that it got. */
  readonly url: string;
  /** Where `/metrics` answers, if anywhere. */
  readonly metricsUrl?: string;
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as { port: number }).port;
}

/** Starts an app and its metrics. `app.close()` stops both. */
export async function startApp(module: ModuleFactory, config: Config, options: AppOptions = {}): Promise<RunningApp> {
  claimDataDirectory(config);
  const app = await createApp(await module(config), config, options);
  await app.listen(config.port, config.host);
  const at = (port: number): string =>
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${String(port)}`;
  const url = at(portOf(app.getHttpServer()));
  app.get<Logger>(LOG).info({ url, settings: describe(config) }, 'listening');
  if (config.metricsPort === undefined) return { app, url };
  const metrics = await serveMetrics(app.get<Registry>(METRICS), config.metricsPort, config.host);
  app.getHttpServer().once('close', () => metrics.close());
  return { app, url, metricsUrl: `${at(portOf(metrics))}/metrics` };
}

/** The whole of a `main.ts`. Settings that can not be used are told in words, and the process ends with 1. */
export async function run(module: ModuleFactory): Promise<void> {
  try {
    const { app } = await startApp(module, loadConfig());
    app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
