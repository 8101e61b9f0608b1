/** Keeps the directory up with the log while an app runs. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HealthChecks } from '#platform/nest';
import type { Engines } from '../engines.js';
import { ENGINES } from '../tokens.js';

@Injectable()
export class DirectoryService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    let failed: Error | undefined;
    this.checks.register('directory', () => (failed === undefined ? Promise.resolve() : Promise.reject(failed)));
    this.running = this.engines.directory.follow(this.stopping.signal).catch((error: unknown) => {
      failed = error as Error;
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
