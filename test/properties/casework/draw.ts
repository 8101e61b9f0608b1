/** Choices of one step, drawn from numbers that fast-check made: so a failing story shrinks, and runs again the same. */
export class Draw {
  private next = 0;

  constructor(private readonly numbers: readonly number[]) {}

  private number(): number {
    const value = this.numbers[this.next % this.numbers.length] ?? 0;
    this.next += 1;
    return value + this.next * 7919;
  }

  below(count: number): number {
    return this.number() % count;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  /** True in about this many of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** A few distinct ones of a list, at least one. */
  some<T>(list: readonly T[], most = 3): readonly T[] {
    return [...new Set(Array.from({ length: 1 + this.below(most) }, () => this.pick(list)))];
  }

  /** The field with this value in about that many of a hundred, else none. */
  maybe<K extends string, V>(percent: number, field: K, value: () => V): { [P in K]?: V } {
    return this.chance(percent) ? ({ [field]: value() } as { [P in K]?: V }) : {};
  }
}
