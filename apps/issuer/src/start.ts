/** The issuer of a demonstration in several processes: registers the invented organisations, then serves keys and tokens. */
import { Module } from '@nestjs/common';
import { openEngines, prepareDemonstration, wallClock, welcome } from '#engines';
import { type Config, ConfigError, claimDataDirectory } from '#platform';
import { createApp } from '#platform/nest';

@Module({})
class IssuerModule {}

/** @throws ConfigError outside the demo profile: whoever asks gets a token for anybody */
export async function startIssuer(config: Config, print: (line: string) => unknown): Promise<void> {
  if (config.profile !== 'demo' || config.oidc !== undefined) throw new ConfigError(['TANDEM_PROFILE must be demo, and no other issuer named']);
  claimDataDirectory(config);
  const engines = await openEngines({ ...config, clock: wallClock, purposes: [] });
  const demonstration = await prepareDemonstration(engines, config.data);
  await engines.close();
  const app = await createApp(IssuerModule, config, { demoIssuer: demonstration.issuer });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(config.port, config.host);
  for (const line of await welcome(config.publicAddress ?? (await app.getUrl()), demonstration)) print(line);
}
