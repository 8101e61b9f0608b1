/** Erasure as part of an app: finished before the vault answers, followed while it runs. Source: architecture.md 5. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type CaseCommand, HOUSE, RecordOnCase } from '#casework/nest';
import { streamOfCase } from '#kernel';
import { uuidV5 } from '#event-store';
import { DERIVED_DATA, type DerivedDataHolder, type ErasureOptions, type ErasureOrder, finishErasures, followErasures } from '#privacy';
import { factsFor } from '../custodians.js';
import type { Engines } from '../engines.js';
import { ENGINES } from '../tokens.js';

@Injectable()
export class ErasureService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(DERIVED_DATA) private readonly holders: readonly DerivedDataHolder[],
    private readonly bus: CommandBus,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const finished = finishErasures(this.options);
    this.engines.allowVault(finished);
    await finished;
    this.running = followErasures(this.options, this.stopping.signal);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get options(): ErasureOptions {
    const { store, vaultForErasure: vault, persons: database, aliases, cases } = this.engines;
    const cache: DerivedDataHolder = {
      name: 'folded cases',
      forget: ({ caseId }) => {
        cases.cache.forget(streamOfCase(caseId));
        return Promise.resolve();
      },
    };
    return {
      store, vault, database, aliases,
      holders: [cache, ...this.holders],
      elsewhere: this.engines.vaults.slice(1),
      factsOf: factsFor(cases),
      confirm: (order) => this.confirm(order),
    };
  }

  private async confirm({ caseId, orderId }: ErasureOrder): Promise<void> {
    const command: CaseCommand = {
      type: 'ConfirmErasure', caseId, body: {}, identifiers: {}, caller: HOUSE, idempotencyKey: uuidV5(orderId, 'confirmation'), correlationId: orderId,
    };
    await this.bus.execute(new RecordOnCase(command));
  }
}
