/** The projector as part of an app: keeps reports, desk and lists up with the log, and answers readers of their own writes. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { caseWorkflow } from '#casework';
import type { ProposeCases } from '#casework/nest';
import { Rejection } from '#kernel';
import { type AnyDatabase, type AnyProjection, type Projector, backOff, startProjector } from '#read-models';
import { CanNotServe, HealthChecks } from '#platform/nest';
import { REPORTING_PROJECTIONS, casesFor } from '#reporting';
import { waitForStored } from '../case-index.js';
import type { Engines } from '../engines.js';
import { OTHER_EVENTS } from '../other-events.js';
import { ENGINES } from '../tokens.js';
import { ProjectionSeat } from './projection-seat.js';

/** How long a reader waits for its own write. */
const PATIENCE_MILLISECONDS = 5_000;

/** Whether this build knows an event: a case's by the workflow, any other by name. */
function knows(type: string, schema: number): boolean {
  const ofCase = caseWorkflow.event(type);
  return ofCase === undefined ? OTHER_EVENTS.includes(type) && schema === 1 : schema <= ofCase.rule.schema;
}

@Injectable()
export class ProjectorService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private projectors: readonly Projector[] = [];
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    const seats = REPORTING_PROJECTIONS.map((projection) => new ProjectionSeat((onChange) => this.start(projection, onChange)));
    this.projectors = seats;
    this.running = Promise.all(seats.map((seat) => seat.hold(this.stopping.signal)));
    this.checks.register('projections', () => {
      const behind = this.projectors.flatMap((projector) => projector.health()).filter(({ state, because }) => state !== 'live' && because !== 'fenced');
      return behind.length === 0 ? Promise.resolve() : Promise.reject(new CanNotServe(behind));
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Waits until a projection holds a position, kept by this process or another. @throws Rejection `reading-behind` after 5 s */
  async waitFor(projection: string, position: string): Promise<void> {
    const at = REPORTING_PROJECTIONS.findIndex(({ name }) => name === projection);
    const own = this.projectors[at]?.waitFor(projection, position, PATIENCE_MILLISECONDS);
    // Embedded there is no other process, and the own reader tells at once.
    const stored = this.engines.views.engine === 'sqlite' ? undefined : waitForStored(this.engines, projection, position);
    await Promise.any([own, stored].filter((waiting) => waiting !== undefined)).catch(() => {
      throw new Rejection('unavailable', 'reading-behind', 'this view has not yet read that far');
    });
  }

  private start(projection: AnyProjection, onChange: () => void): Projector {
    return startProjector({ store: this.engines.store, kysely: this.database, projections: [projection], knows, backOff, onChange });
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
