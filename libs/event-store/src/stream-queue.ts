/** Work on one stream one after the other, on different streams side by side. */
export class StreamQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.tails.get(stream) ?? Promise.resolve()).then(work);
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (this.tails.get(stream) === tail) this.tails.delete(stream);
      });
    this.tails.set(stream, tail);
    return result;
  }
}
