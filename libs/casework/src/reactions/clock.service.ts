/** The clock as part of an app: starts when the app listens, stops before its engines close. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '#kernel';
import { type CaseCommand, type CaseRecord, RecordOnCase } from '../dispatch/case-command.js';
import { ComingOfAge } from '../dispatch/coming-of-age.js';
import { CASE_READER, type CaseReader } from '../dispatch/case-reader.js';
import { CLOCK, REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { ClockRunner } from './clock-runner.js';
import { DutyBoard } from './duty-board.js';
import { MajorityWatch } from './majority-watch.js';

@Injectable()
export class ClockService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly runner: ClockRunner;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    board: DutyBoard,
    @Inject(CASE_READER) cases: CaseReader,
    @Inject(REFERENCE) reference: ReferenceSource,
    @Inject(CLOCK) clock: Clock,
    ages: ComingOfAge,
    bus: CommandBus,
  ) {
    const record = (command: CaseCommand): Promise<CaseRecord> => bus.execute(new RecordOnCase(command));
    const majorities = new MajorityWatch(board, cases, ages, { record }, reference, clock);
    this.runner = new ClockRunner(board, cases, { record }, reference, clock, majorities);
  }

  onApplicationBootstrap(): void {
    this.running = this.runner.run(this.stopping.signal);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
