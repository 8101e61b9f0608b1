/** Whether the process lives, and whether it can serve. */
import { closed } from '../openapi/closed.js';
import { Controller, Get, Injectable } from '@nestjs/common';
import { Public } from '../authentication/authentication.guard.js';
import { DocumentedRead } from '../openapi/route-docs.js';
import { Problem } from '../problems/problem.js';

/** Answers, or throws when what it looks at can not serve. */
export type HealthCheck = () => void | Promise<void>;

/** Checks by name, registered by whoever owns the thing: a store, a reader. Names are shown, reasons are not. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Names of the checks that fail now. */
  async failing(): Promise<readonly string[]> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        try {
          await check();
          return [];
        } catch {
          return [name];
        }
      }),
    );
    return results.flat();
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
