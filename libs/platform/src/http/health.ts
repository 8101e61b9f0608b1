/** Whether the process lives, and whether it can serve. */
import { closed } from '../openapi/closed.js';
import { Controller, Get, Injectable } from '@nestjs/common';
import { Public } from '../authentication/authentication.guard.js';
import { DocumentedRead } from '../openapi/route-docs.js';
import { Problem } from '../problems/problem.js';

/** Answers, or throws when what it looks at can not serve. */
export type HealthCheck = () => void | Promise<void>;

/** Why a part can not serve, as the log may tell it: names, types and identifiers, never data. */
export class CanNotServe extends Error {
  override readonly name = 'CanNotServe';

  constructor(readonly because: object) {
    super('can not serve');
  }
}

/** Hears of a part that does not serve any more, with what its check threw, or that serves again. */
export type HealthWatch = (part: string, fault: unknown) => void;

/** Checks by name, registered by whoever owns the thing: a store, a reader. Names are shown; reasons go to the log only. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();
  private readonly failed = new Set<string>();
  private watch: HealthWatch = () => undefined;

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Lets `watch` hear of every change that a look finds. */
  tell(watch: HealthWatch): void {
    this.watch = watch;
  }

  /** Whether each passes now, by name. */
  async states(): Promise<ReadonlyMap<string, boolean>> {
    return new Map(await Promise.all([...this.checks].map(async ([name, check]) => [name, await this.passes(name, check)] as const)));
  }

  /** Names of the checks that fail now. */
  async failing(): Promise<readonly string[]> {
    return [...(await this.states())].flatMap(([name, passes]) => (passes ? [] : [name]));
  }

  private async passes(name: string, check: HealthCheck): Promise<boolean> {
    try {
      await check();
      if (this.failed.delete(name)) this.watch(name, undefined);
      return true;
    } catch (error) {
      if (!this.failed.has(name)) this.watch(name, error);
      this.failed.add(name);
      return false;
    }
  }
}

@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  @DocumentedRead({ summary: 'The process lives.', tag: 'operations', open: true, answer: closed({ status: { const: 'live' } }) })
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @DocumentedRead({ summary: 'All parts can serve.', tag: 'operations', open: true, answer: closed({ status: { const: 'ready' } }), problems: ['not-ready'] })
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    const failing = await this.checks.failing();
    if (failing.length > 0) throw new Problem('not-ready', 'some parts can not serve yet', { failing });
    return { status: 'ready' };
  }
}
