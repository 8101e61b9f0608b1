/** What has to be tidied now and then, and harms nobody when it happens twice or late. Source: architecture.md 4, 5. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Lease } from '#notifications';
import { HealthChecks } from '#platform/nest';
import { type Rotation, type RotationPlan, rotateKeys, sweepVault } from '#privacy';
import type { Engines } from '../engines.js';
import { ENGINES } from '../tokens.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Longer than any client retries a write. */
const COMMANDS_KEPT = 30 * DAY;
/** A row that was sealed for an append that never came; the port refuses to look at younger ones. */
const ORPHANS_AFTER = DAY;
/** A backup of the vault, kept apart from the keyring, opens nothing of an erased person 60 days after it was made. */
const ROTATION: RotationPlan = { rotateAfterDays: 30, destroyAfterDays: 30 };

@Injectable()
export class HousekeepingService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    this.checks.register('housekeeping', () => (this.failing ? Promise.reject(new Error('could not tidy')) : Promise.resolve()));
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Sweeps orphaned personal rows, forgets old commands, and renews the keys of this house's vault. Says what it did. */
  async tidy(): Promise<{ readonly rows: number; readonly commands: number; readonly keys: Rotation }> {
    const { vaults, vaultForErasure, keys: master, commands, store, clock } = this.engines;
    const ago = (milliseconds: number): string => new Date(Date.parse(clock()) - milliseconds).toISOString();
    const isKnown = async (stream: string, commandId: string): Promise<boolean> =>
      (await store.readStream(stream)).some(({ metadata }) => metadata.commandId === commandId);
    const swept = await Promise.allSettled(vaults.map((vault) => sweepVault(vault, ago(ORPHANS_AFTER), isKnown)));
    const forgotten = await commands.forgetOlderThan(ago(COMMANDS_KEPT));
    const keys = await rotateKeys(master, vaultForErasure, ROTATION, clock());
    // A custodian's vault that is away is swept another time, and holds up no other.
    const failed = swept.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return { rows: swept.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0), commands: forgotten, keys };
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    // Two that renewed the keys at once would each write over what the other wrote.
    const { operations, clock } = this.engines;
    const turn = new Lease(operations, clock, { name: 'housekeeping', holder: randomUUID(), milliseconds: HOUR / 2 });
    const tidyInTurn = async (): Promise<void> => {
      if (await turn.acquire()) await this.tidy();
    };
    while (!signal.aborted) {
      this.failing = await tidyInTurn().then(() => false, () => true);
      await setTimeout(HOUR, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
