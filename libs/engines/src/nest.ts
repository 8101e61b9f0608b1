/** Gives the opened engines to every module of an app under the tokens of their ports. */
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CASE_COMMAND_LOG, CASE_READER, CLOCK, DUTY_DATABASE, FETCHED, PROPOSE_CASES, PERSONAL_DATA, REFERENCE, REFUSALS } from '#casework/nest';
import { EVENT_STORE } from '#event-store';
import { Directory, PolicyDesk } from '#mechanism';
import { ALIASES, KEYRING, PersonalDataReader, RefusalLog, VAULT } from '#privacy';
import { REPORTING_ACCESS, ReportsController } from '#reporting/nest';
import { DirectoryService } from './nest/directory.service.js';
import type { Engines } from './engines.js';
import { ErasureModule } from './nest/erasure.module.js';
import { HousekeepingService } from './nest/housekeeping.service.js';
import { fetchedOf } from './notifications.js';
import { ProjectorService } from './nest/projector.service.js';
import { refusalsTo } from './refusals.js';
import { reportingOn } from './reporting.js';
import { ENGINES } from './tokens.js';

export { ENGINES, ProjectorService };

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
      [Directory, engines.directory], [PolicyDesk, new PolicyDesk(engines.store, engines.directory, engines.clock)], [REFERENCE, engines.reference], [CLOCK, engines.clock], [DUTY_DATABASE, engines.views], [REFUSALS, refusalsTo(new RefusalLog(engines))],
      [PERSONAL_DATA, new PersonalDataReader(engines)], [FETCHED, fetchedOf(engines)],
    ] as const;
    const providers = values.map(([provide, useValue]) => ({ provide, useValue: useValue }));
    return { module: EnginesModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** What follows the log on these engines, and tidies: directory, projections, erasure, housekeeping. */
@Module({})
export class ReadersModule {
  /** For an app that runs all of them and serves the reports. */
  static on(engines: Engines): DynamicModule {
    const propose = { provide: PROPOSE_CASES, inject: [ProjectorService], useFactory: (projector: ProjectorService) => projector.propose };
    const readers = [DirectoryService, ProjectorService, HousekeepingService];
    const reporting = { provide: REPORTING_ACCESS, inject: [ProjectorService], useFactory: (projector: ProjectorService) => reportingOn(engines, projector) };
    return {
      module: ReadersModule, global: true, imports: [ErasureModule.on(engines)], controllers: [ReportsController],
      providers: [...readers, propose, reporting],
      exports: [ProjectorService, PROPOSE_CASES],
    };
  }
}
