/** A custodian's own vault, asked over HTTPS with certificates on both sides. Source: architecture.md 5, ADR 18. */
import type { Sealed } from '#kernel';
import { Agent, request } from 'node:https';
import type { ErasureProgress } from '../erasure/progress.js';
import type { KeyPurpose, OpenedRow, RowToSeal, UnconfirmedRow, Vault } from '../ports.js';
import type { Certificates } from './vault-server.js';
import { REFUSALS, VaultShut, VaultUnavailable } from './wire.js';

export interface RemoteVaultOptions {
  /** `https://host:port` */
  readonly url: string;
  readonly certificates: Certificates;
  /** How long one question may take. A command waits for it, so it is short. */
  readonly timeoutMilliseconds?: number;
  /**
   * Carries out in this vault what the log says it has to forget since `progress`, and keeps how far it came there.
   * Comes whenever the vault was started anew; without it, asking waits for another process of this house to do it.
   */
  readonly catchUp?: (vault: Vault, progress: ErasureProgress) => Promise<void>;
}

/**
 * The vault at an address. Opens no connection before it is asked.
 * Every method throws VaultUnavailable when the vault can not be asked: then nothing is known of what it did, and each
 * of them may be asked again.
 */
export function openRemoteVault(options: RemoteVaultOptions): Vault {
  return new RemoteVault(options);
}

class RemoteVault implements Vault {
  private readonly agent: Agent;
  private catchingUp: Promise<void> | undefined;

  constructor(private readonly options: RemoteVaultOptions) {
    const { authority: ca, certificate: cert, key } = options.certificates;
    this.agent = new Agent({ keepAlive: true, maxSockets: 16, ca, cert, key, minVersion: 'TLSv1.3' });
  }

  async put(rows: readonly RowToSeal[]): Promise<readonly Sealed[]> {
    return rows.length === 0 ? [] : this.ask<readonly Sealed[]>('put', { rows });
  }

  async open(references: readonly string[], purpose: KeyPurpose): Promise<readonly OpenedRow[]> {
    return this.ask<readonly OpenedRow[]>('open', { references, purpose });
  }

  async entomb(person: string): Promise<void> {
    await this.ask('entomb', { person });
  }

  destroy(person: string): Promise<number> {
    return this.ask<number>('destroy', { person });
  }

  unconfirmed(olderThan: string): Promise<readonly UnconfirmedRow[]> {
    return this.ask<readonly UnconfirmedRow[]>('unconfirmed', { olderThan });
  }

  settle(known: readonly string[], unknown: readonly string[]): Promise<number> {
    return this.ask<number>('settle', { known, unknown });
  }

  rewrap(): Promise<number> {
    return this.ask<number>('rewrap', {});
  }

  close(): Promise<void> {
    this.agent.destroy();
    return Promise.resolve();
  }

  private async ask<T>(operation: string, message: object): Promise<T> {
    try {
      return await this.askOnce<T>(operation, message);
    } catch (error) {
      if (!(error instanceof VaultShut)) throw error;
      await this.caughtUp();
      return this.askOnce<T>(operation, message);
    }
  }

  /** Once at a time, however many ask. */
  private caughtUp(): Promise<void> {
    const { catchUp } = this.options;
    if (catchUp === undefined) throw new VaultUnavailable('the vault has not caught up with the log');
    this.catchingUp ??= catchUp(this, this.progress).finally(() => (this.catchingUp = undefined));
    return this.catchingUp;
  }

  private readonly progress: ErasureProgress = {
    read: async () => (await this.askOnce<string | null>('progress', {})) ?? undefined,
    keep: async (position) => {
      await this.askOnce('caught-up', { position });
    },
  };

  private async askOnce<T>(operation: string, message: object): Promise<T> {
    const { status, text } = await this.post(operation, JSON.stringify(message));
    if (status === 200) return (JSON.parse(text) as { value: T }).value;
    const refusal = REFUSALS.find((each) => each.status === status);
    if (refusal === undefined) throw new VaultUnavailable(`the vault answered ${status}`);
    throw new refusal.error(refusal.code);
  }

  private post(operation: string, body: string): Promise<{ status: number; text: string }> {
    const { url, timeoutMilliseconds = 5_000 } = this.options;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const unavailable = (cause: Error): void => {
        reject(new VaultUnavailable('the vault does not answer', { cause }));
      };
      const asking = request(
        new URL(operation, url),
        { method: 'POST', agent: this.agent, headers, signal },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('error', unavailable).on('end', () => {
            resolve({ status: answer.statusCode ?? 0, text });
          });
        },
      );
      asking.on('error', unavailable).end(body);
    });
  }
}
