/** Starts Tandem in one process on embedded engines, and says how to try it. */
import { type AddressInfo, createServer } from 'node:net';
import { type Config, claimDataDirectory } from '#platform';
import { createApp } from '#platform/nest';
import { notificationsSettings, openEngines, prepareDemonstration, wallClock, welcome } from '#engines';
import { readCustodianVaults } from '#privacy';
import { StandaloneModule } from './standalone.module.js';

/** Links in notices need the port before anything listens. */
async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What was started: where it listens, and how to stop it without losing anything. */
export interface Standalone {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts; in the demo profile the invented organisations are registered, and tokens for them are printed. */
export async function startStandalone(config: Config, print: (line: string) => unknown): Promise<Standalone> {
  claimDataDirectory(config);
  const custodians = config.custodianVaults === undefined ? [] : readCustodianVaults(config.custodianVaults);
  const engines = await openEngines({ ...config, custodians, clock: wallClock });
  const demo = config.profile === 'demo' && config.oidc === undefined ? await prepareDemonstration(engines, config.data) : undefined;
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const settings = notificationsSettings({ ...config, port });
  const app = await createApp(StandaloneModule.on(engines, settings), config, demo === undefined ? {} : { demoIssuer: demo.issuer });
  await app.listen(port, config.host);
  const address = await app.getUrl();
  for (const line of await welcome(address, demo)) print(line);
  return { address, stop: () => app.close() };
}
