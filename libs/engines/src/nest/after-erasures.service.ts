/** An app that carries out no erasure waits for the one that does, before its vault answers. Source: architecture.md 5. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { othersFinishedErasures } from '#privacy';
import type { Engines } from '../engines.js';
import { ENGINES } from '../tokens.js';

@Injectable()
export class AfterErasuresService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  onApplicationBootstrap(): void {
    const { store, persons: database, cases } = this.engines;
    const factsOf = async (caseId: string) => {
      const { facts } = await cases.state(caseId);
      return { person: facts.person, holders: [] };
    };
    const finished = othersFinishedErasures({ store, database, factsOf }, this.stopping.signal);
    this.engines.allowVault(finished.then((isSo) => (isSo ? undefined : Promise.reject(new Error('stopped before')))));
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }
}
