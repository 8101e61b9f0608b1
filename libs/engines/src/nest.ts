/** Gives the opened engines to every module of an app under the tokens of their ports. */
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CASE_COMMAND_LOG, CASE_READER, CLOCK, DUTY_DATABASE, FETCHED, PROPOSE_CASES, PERSONAL_DATA, REFERENCE, REFUSALS } from '#casework/nest';
import { EVENT_STORE } from '#event-store';
import { Directory, PolicyDesk } from '#mechanism';
import { ALIASES, KEYRING, PersonalDataReader, RefusalLog, VAULT } from '#privacy';
import { REPORTING_ACCESS, ReportsController } from '#reporting/nest';
import { caseIndexOf } from './case-index.js';
import { AfterErasuresService } from './nest/after-erasures.service.js';
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
      [KEYRING, engines.keyring], [CASE_READER, engines.cases], [CASE_COMMAND_LOG, engines.commands],
      [Directory, engines.directory], [PolicyDesk, new PolicyDesk(engines.store, engines.directory, engines.clock)], [REFERENCE, engines.reference], [CLOCK, engines.clock], [DUTY_DATABASE, engines.views], [REFUSALS, refusalsTo(new RefusalLog(engines))],
      [PERSONAL_DATA, new PersonalDataReader(engines)], [FETCHED, fetchedOf(engines)],
    ] as const;
    const providers = values.map(([provide, useValue]) => ({ provide, useValue: useValue }));
    return { module: EnginesModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** What every service stands on: the engines, and the directory kept up with the log. */
@Module({})
export class ServiceModule {
  /** For an app that carries out no erasure itself: its vault answers once those that were ordered are carried out. */
  static on(engines: Engines): DynamicModule {
    return { module: ServiceModule, imports: [EnginesModule.of(engines)], providers: [DirectoryService, AfterErasuresService] };
  }

  /** For the one app that carries erasures out, sweeps the vault and forgets old commands. More than one does no harm. */
  static withCustody(engines: Engines): DynamicModule {
    return { module: ServiceModule, imports: [EnginesModule.of(engines), ErasureModule.on(engines)], providers: [DirectoryService, HousekeepingService] };
  }
}

/** Keeps the views up with the log, and serves the reports. */
@Module({})
export class ProjectorModule {
  static on(engines: Engines): DynamicModule {
    const propose = { provide: PROPOSE_CASES, inject: [ProjectorService], useFactory: (projector: ProjectorService) => projector.propose };
    const reporting = { provide: REPORTING_ACCESS, inject: [ProjectorService], useFactory: (projector: ProjectorService) => reportingOn(engines, projector) };
    return {
      module: ProjectorModule, global: true, controllers: [ReportsController], providers: [ProjectorService, propose, reporting],
      exports: [ProjectorService, PROPOSE_CASES],
    };
  }
}

/** The index of who may find which case, for an app beside the one that keeps it. */
@Module({})
export class CaseIndexModule {
  static on(engines: Engines): DynamicModule {
    return { module: CaseIndexModule, global: true, providers: [{ provide: PROPOSE_CASES, useValue: caseIndexOf(engines) }], exports: [PROPOSE_CASES] };
  }
}
