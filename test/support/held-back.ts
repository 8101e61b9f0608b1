/** A log whose followers get what is new only when a test lets them: readers that are behind, a clock that has not looked yet. */
import type { EventStore } from '#event-store';

export class HeldBack {
  private mayRead: Promise<unknown> = Promise.resolve();
  private letRead: () => void = () => undefined;

  /** The same log; who subscribes to it waits while it is held. Who reads it once does not. */
  of(store: EventStore): EventStore {
    return Object.assign(Object.create(store) as EventStore, {
      subscribe: (...asked: Parameters<EventStore['subscribe']>) => this.pages(store.subscribe(...asked)),
      subscribeToHeadings: (...asked: Parameters<EventStore['subscribeToHeadings']>) => this.pages(store.subscribeToHeadings(...asked)),
    });
  }

  /** Pages that come from now on wait for `release`. */
  hold(): void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.mayRead = promise;
    this.letRead = () => {
      resolve(undefined);
    };
  }

  release(): void {
    this.letRead();
  }

  private async *pages<Page>(pages: AsyncIterable<Page>): AsyncIterable<Page> {
    for await (const page of pages) {
      await this.mayRead;
      yield page;
    }
  }
}
