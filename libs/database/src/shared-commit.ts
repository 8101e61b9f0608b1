/** Work that comes in one turn of the event loop, or while a commit is under way, shares a commit: each costs a sync of the disk. */
export class SharedCommit<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private running = false;

  /**
   * @param commit all or nothing; answers in the order of the items
   * @param limit items a commit
   */
  constructor(
    private readonly commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly limit: number,
  ) {}

  /** Resolves once committed. An item that fails fails alone: those that shared its commit are committed one by one. */
  run(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      // SQLite commits without leaving this turn, so without a wait for its end nobody else's work would ever be there.
      await new Promise((resolve) => setImmediate(resolve));
      await this.together(this.waiting.splice(0, this.limit));
    }
    this.running = false;
  }

  private async together(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.commit(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (group.length > 1) for (const one of group) await this.together([one]);
      else group[0]?.reject(error);
    }
  }
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}
