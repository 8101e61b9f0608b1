/** The projector as part of an app: keeps reports, desk and lists up with the log, and answers readers of their own writes. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { caseWorkflow } from '#casework';
import type { ProposeCases } from '#casework/nest';
import { type AnyDatabase, type Projector, backOff, startProjector } from '#read-models';
import { HealthChecks } from '#platform/nest';
import { REPORTING_PROJECTIONS, casesFor } from '#reporting';
import type { Engines } from '../engines.js';
import { OTHER_EVENTS } from '../other-events.js';
import { ENGINES } from '../tokens.js';

/** How long a reader waits for its own write. */
const PATIENCE_MILLISECONDS = 5_000;

/** Whether this build knows an event: a case's by the workflow, any other by name. */
function knows(type: string, schema: number): boolean {
  const ofCase = caseWorkflow.event(type);
  return ofCase === undefined ? OTHER_EVENTS.includes(type) && schema === 1 : schema <= ofCase.rule.schema;
}

@Injectable()
export class ProjectorService implements OnApplicationBootstrap, OnModuleDestroy {
  private projector: Projector | undefined;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    this.projector = startProjector({ store: this.engines.store, kysely: this.database, projections: REPORTING_PROJECTIONS, knows, backOff });
    this.checks.register('projections', () => {
      const behind = this.projector?.health().filter(({ state }) => state !== 'live') ?? [];
      return behind.length === 0 ? Promise.resolve() : Promise.reject(new Error(behind.map(({ projection, state }) => `${projection} ${state}`).join(', ')));
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.projector?.stop();
  }

  /** Waits until a projection holds a position. @throws Rejection `reading-behind` after 5 s */
  async waitFor(projection: string, position: string): Promise<void> {
    await this.projector?.waitFor(projection, position, PATIENCE_MILLISECONDS);
  }

  /** The index of who may find which case. */
  readonly propose: ProposeCases = async ({ atLeast, ...query }) => {
    if (atLeast !== undefined) await this.waitFor('access', atLeast);
    return casesFor(this.database, query);
  };

  private get database(): AnyDatabase {
    return this.engines.views.kysely;
  }
}
