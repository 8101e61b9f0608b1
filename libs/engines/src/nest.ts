/** Gives the opened engines to every module of an app under the tokens of their ports. */
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CASE_COMMAND_LOG, CASE_READER, CLOCK, OPERATIONS, FETCHED, PERSONAL_DATA, REFERENCE, REFUSALS } from '#casework/nest';
import { EVENT_STORE } from '#event-store';
import { Directory } from '#mechanism';
import { ALIASES, KEYRING, PersonalDataReader, RefusalLog, VAULT } from '#privacy';
import type { Engines } from './engines.js';
import { fetchedOf } from './notifications.js';
import { refusalsTo } from './refusals.js';
import { ENGINES } from './tokens.js';

export { DirectoryService } from './directory.service.js';
export { ErasureService } from './erasure.service.js';
export { ENGINES };

@Module({})
export class EnginesModule implements OnApplicationShutdown {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  /** After every reader stopped and every request was answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.engines.close();
  }

  /** Offers the engines under the tokens of their ports, and closes them when the app has stopped. */
  static of(engines: Engines): DynamicModule {
    const values = [
      [ENGINES, engines], [EVENT_STORE, engines.store], [VAULT, engines.vault], [ALIASES, engines.aliases],
      [KEYRING, engines.keys.for('seal', 'disclose')], [CASE_READER, engines.cases], [CASE_COMMAND_LOG, engines.commands],
      [Directory, engines.directory], [REFERENCE, engines.reference], [CLOCK, engines.clock], [OPERATIONS, engines.operations], [REFUSALS, refusalsTo(new RefusalLog(engines))],
      [PERSONAL_DATA, new PersonalDataReader(engines)], [FETCHED, fetchedOf(engines)],
    ] as const;
    const providers = values.map(([provide, useValue]) => ({ provide, useValue: useValue as unknown }));
    return { module: EnginesModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
