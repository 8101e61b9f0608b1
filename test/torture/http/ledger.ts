/** What the clients know: each write with its key, and the receipt if an answer came. Whatever a crash does is held against it. */
import { randomUUID } from 'node:crypto';

export interface Receipt {
  /** Only of who sees the whole case. */
  readonly revision?: number;
  readonly chain: string;
}

export interface Answer {
  readonly status: number;
  readonly body: { readonly caseId?: string; readonly code?: string; readonly receipt?: Receipt | null; readonly [field: string]: unknown };
}

/** A write as it was sent. `answer` is the last that came; a write without one may or may not have happened. */
export interface Write {
  readonly organisation: string;
  readonly path: string;
  readonly body: object;
  readonly key: string;
  answer?: Answer;
}

/** No answer came: the instance was killed under the request. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Answers that say "not now": the write is to be sent again, and nothing was promised. */
const AGAIN = new Set([429, 503]);

export class Ledger {
  readonly writes: Write[] = [];
  private readonly tokens = new Map<string, string>();
  /** How many writes were answered. */
  answers = 0;
  private waiter: { readonly answers: number; readonly resolve: () => void } | undefined;

  /** Resolves once so many writes were answered. */
  answered(answers: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiter = { answers, resolve };
    });
  }

  /** Writes a new fact, and keeps it whether or not an answer comes. @throws NoAnswer */
  async write(address: string, organisation: string, path: string, body: object): Promise<Answer> {
    const write: Write = { organisation, path, body, key: randomUUID() };
    this.writes.push(write);
    const answer = await this.send(address, write);
    if (AGAIN.has(answer.status)) return answer;
    write.answer = answer;
    if (++this.answers >= (this.waiter?.answers ?? Infinity)) this.waiter?.resolve();
    return answer;
  }

  /** The same write once more, under the same key. @throws NoAnswer */
  send(address: string, { organisation, path, body, key }: Write): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.fetched(address, organisation, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** @throws NoAnswer */
  read(address: string, organisation: string, path: string): Promise<Answer> {
    return this.fetched(address, organisation, path, {});
  }

  private async fetched(address: string, organisation: string, path: string, init: RequestInit): Promise<Answer> {
    const authorization = `Bearer ${await this.token(address, organisation)}`;
    try {
      const response = await fetch(`${address}${path}`, { ...init, headers: { ...(init.headers as Record<string, string>), authorization } });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    } catch (cause) {
      throw new NoAnswer(`${path} was not answered`, { cause });
    }
  }

  private async token(address: string, organisation: string): Promise<string> {
    const known = this.tokens.get(organisation);
    if (known !== undefined) return known;
    const roles = organisation === 'casa-lumina' ? ['CM', 'DETECT', 'SP'] : ['SP'];
    const body = JSON.stringify({ organisation, roles, actor: `${organisation}-torture`, human: true, ttl: 28_800 });
    const headers = { 'content-type': 'application/json' };
    try {
      const response = await fetch(`${address}/demo/tokens`, { method: 'POST', headers, body });
      const { access_token: token } = (await response.json()) as { access_token: string };
      this.tokens.set(organisation, token);
      return token;
    } catch (cause) {
      throw new NoAnswer('no token came', { cause });
    }
  }
}
