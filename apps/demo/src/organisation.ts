/** One organisation of the story, as its software sees Tandem: a token, requests over HTTP, and the receipts it keeps. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Teller } from './teller.js';

export interface Receipt {
  /** Absent for who records on a case that it does not see. */
  readonly revision?: number;
  readonly chain: string;
}

// The demo is a client: it knows answers by their documentation only.
export type Answer = { readonly status: number; readonly body: any; readonly text: string }; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Refused where the story needs it to work: the demo ends. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

const PATIENCE_MILLISECONDS = 60_000;
const AGAIN_MILLISECONDS = 250;

export class Organisation {
  /** What this organisation holds against anybody who alters history. */
  readonly receipts: Receipt[] = [];
  /** Everything that it ever received, byte for byte. */
  readonly received: string[] = [];

  private constructor(
    readonly name: string,
    private readonly address: string,
    /** What its software sends with every request. */
    readonly bearer: string,
    private readonly teller: Teller,
  ) {}

  /** Somebody at an organisation, with a token for these roles. */
  static async person(address: string, teller: Teller, name: string, organisation: string, roles: readonly string[]): Promise<Organisation> {
    const body = JSON.stringify({ organisation, roles, actor: `${organisation}-${name.split(' ')[0]?.toLowerCase() ?? ''}`, human: true });
    const answer = await fetch(`${address}/demo/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return new Organisation(name, address, token, teller);
  }

  static withToken(address: string, teller: Teller, name: string, token: string): Organisation {
    return new Organisation(name, address, token, teller);
  }

  /** Records a fact and tells it. @throws StoryBroken when Tandem refuses */
  async records(what: string, path: string, body: object = {}): Promise<any> { // eslint-disable-line @typescript-eslint/no-explicit-any
    const answer = await this.post(path, body);
    if (answer.status >= 300) throw new StoryBroken(`${what}: ${String(answer.status)} ${answer.text}`);
    const { receipt, recorded, provisional } = answer.body as { receipt?: Receipt | null; recorded?: string[]; provisional?: string[] };
    if (receipt !== null && receipt !== undefined) this.receipts.push(receipt);
    const kept = receipt === null || receipt === undefined ? '' : ` Receipt kept: ${receipt.revision === undefined ? '' : `step ${String(receipt.revision)}, `}${receipt.chain.slice(0, 12)}…`;
    const rests = provisional !== undefined && provisional.length > 0 ? ` (rests on provisional rules: ${provisional.join(', ')})` : '';
    this.teller.record(this.name, what, `${(recorded ?? ['done']).join(', ')}.${kept}${rests}`);
    return answer.body;
  }

  /** Tries what must be refused, and tells why it was. @throws StoryBroken when it was not */
  async isRefused(what: string, path: string, body?: object): Promise<Answer> {
    const answer = body === undefined ? await this.get(path) : await this.post(path, body);
    if (answer.status < 400) throw new StoryBroken(`${what}: was allowed`);
    const { title, detail, code } = answer.body as { title: string; detail: string; code: string };
    this.teller.record(this.name, what, `Refused (${String(answer.status)} ${code}): ${title}. ${detail}`);
    return answer;
  }

  async reads(path: string): Promise<Answer> {
    const answer = await this.get(path);
    if (answer.status >= 300) throw new StoryBroken(`${path}: ${String(answer.status)} ${answer.text}`);
    return answer;
  }

  private get(path: string): Promise<Answer> {
    return this.send(path, { headers: this.headers() });
  }

  private post(path: string, body: object): Promise<Answer> {
    const headers = { ...this.headers(), 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return this.send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.bearer}` };
  }

  /** As a client should: what nobody answered, and what is busy, is sent again under the same key. */
  private async send(path: string, init: RequestInit): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const response = await fetch(`${this.address}${path}`, init).catch(() => undefined);
      if (response !== undefined && response.status !== 503) return this.answer(response);
      if (Date.now() > deadline) throw new StoryBroken(`${path}: nobody answers`);
      await setTimeout(AGAIN_MILLISECONDS);
    }
  }

  private async answer(response: Response): Promise<Answer> {
    const text = await response.text();
    this.received.push(text);
    const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, body: json ? (JSON.parse(text) as unknown) : text };
  }
}
