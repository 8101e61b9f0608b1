/** Audit as a Nest module: the auditors' routes, the person's page, and the ledger's rhythm. */
import { setTimeout } from 'node:timers/promises';
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ACCESS_GROUNDS, AS_OF, CLOCK, REFERENCE } from '#casework/nest';
import { EVENT_STORE, type EventStore } from '#event-store';
import type { Clock } from '#kernel';
import type { Reference } from '#mechanism';
import { HealthChecks } from '#platform/nest';
import { ALIASES, type AliasRegister, KEYRING, type Keyring } from '#privacy';
import { AUDIT, type Audit, openAudit } from './audit.js';
import { DisclosuresController } from './http/disclosures.http.js';
import { HtcdsController } from './http/htcds.http.js';
import { HistoryController } from './http/history.http.js';
import { LedgerController } from './http/ledger.http.js';
import { MandatesController } from './http/mandates.http.js';
import { PastCases } from './http/past.js';
import { PersonPageController } from './http/person-page.http.js';

export { AUDIT, type Audit, openAudit } from './audit.js';
export { type HeadsSigned, LEDGER, Ledger } from './ledger/ledger.js';
export { grantDemonstrationMandate } from './mandates/demonstration.js';
export { type MandateGranted, type MandateRevoked, Mandates } from './mandates/mandates.js';
export { pageText, type PersonPage, personPage } from './person-page/page.js';
export { GrantMandateBody, RevokeMandateBody } from './http/mandates.http.js';

/** How often the heads are signed, whether or not anything happened. */
export const LEDGER_MILLISECONDS = 60 * 60 * 1000;
const LOOK_MILLISECONDS = 60_000;

/** Signs the ledger on time for as long as the app lives. More than one does no harm. */
@Injectable()
export class LedgerRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    this.checks.register('ledger', () => (this.failing ? Promise.reject(new Error('the heads could not be signed')) : Promise.resolve()));
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      this.failing = await this.audit.ledger.signIfDue(LEDGER_MILLISECONDS).then(() => false, () => true);
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

const AUDITING = {
  provide: AUDIT,
  inject: [EVENT_STORE, ALIASES, KEYRING, REFERENCE, CLOCK],
  useFactory: (store: EventStore, aliases: AliasRegister, keyring: Keyring, reference: () => Reference, clock: Clock): Audit =>
    openAudit({ store, aliases, keyring, reference, clock }),
};
const GROUNDS = { provide: ACCESS_GROUNDS, inject: [AUDIT], useFactory: ({ grounds }: Audit) => grounds };

const PAST = { provide: AS_OF, inject: [PastCases], useFactory: ({ view }: PastCases) => view };

/** Needs the engines' module and `CaseworkModule` in the same app. */
@Module({})
export class AuditModule {
  /** Mandates as grounds of access and cases as they were, for an app that does not serve auditors but must know them. */
  static grounds(): DynamicModule {
    return { module: AuditModule, global: true, providers: [AUDITING, GROUNDS, PastCases, PAST], exports: [AUDIT, ACCESS_GROUNDS, AS_OF] };
  }

  /** All of it. `sign`: whether this app signs the ledger on time; one of a mechanism must. */
  static serving({ sign }: { readonly sign: boolean }): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      controllers: [HistoryController, DisclosuresController, HtcdsController, MandatesController, LedgerController, PersonPageController],
      providers: [AUDITING, GROUNDS, PastCases, PAST, ...(sign ? [LedgerRunner] : [])],
      exports: [AUDIT, ACCESS_GROUNDS, AS_OF],
    };
  }
}
