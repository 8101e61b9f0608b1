/**
 * Who sits before the page: the access token itself, sealed into a cookie, verified again at every request. Of a session the
 * house keeps only that it was ended, and the browser's disk holds nothing that can be read. Source: architecture.md 6.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import { type Caller, type TokenVerifier } from '#platform';
import type { Keyring } from '#privacy';

const CONTEXT = 'inbox-session';
/** A session ends after an hour even when the token lives longer: a desk is left, a screen stays. */
const LONGEST_MS = 60 * 60_000;
/** Browsers drop cookies beyond 4,096 bytes without a word. */
const MOST_COOKIE = 3_900;

/** A session as the cookie tells it. */
interface Kept {
  readonly id: string;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface Session {
  readonly caller: Caller;
  /** Stands in every form of this session: whoever can not read the page can not know it. */
  readonly formToken: string;
}

/** Sessions that somebody ended: a copy of their cookie opens nothing any more, in no process and after no restart. */
export interface EndedSessions {
  /** Remembered for longer than any session lasts; a repeat changes nothing. */
  end(id: string): Promise<void>;
  hasEnded(id: string): Promise<boolean>;
}

/** Why there is no session: never was one, or it is over. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';

  constructor(readonly reason: 'none' | 'ended') {
    super('not signed in');
  }
}

/** The access key is longer than a cookie can hold. */
export class KeyTooLong extends Error {
  override readonly name = 'KeyTooLong';
}

export class Sessions {
  constructor(
    private readonly verify: TokenVerifier,
    private readonly keyring: Pick<Keyring, 'authenticate' | 'encryptToken' | 'decryptToken'>,
    private readonly ended: EndedSessions,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Opens a session for a token. Returns the cookie's value and its life in seconds, never longer than the token's.
   * @throws Problem `token-invalid`, `token-expired`, `keys-unavailable`; KeyTooLong
   */
  async open(token: string): Promise<{ value: string; seconds: number }> {
    await this.verify(`Bearer ${token}`);
    const ends = (decodeJwt(token).exp ?? 0) * 1000;
    const until = Math.min(ends, this.now() + LONGEST_MS);
    const kept: Kept = { id: randomBytes(16).toString('base64url'), token, until };
    const value = this.keyring.encryptToken(CONTEXT, JSON.stringify(kept));
    if (value.length > MOST_COOKIE) throw new KeyTooLong('longer than a cookie');
    return { value, seconds: Math.max(0, Math.floor((until - this.now()) / 1000)) };
  }

  /** The session of a cookie. @throws NotSignedIn when there is none, or it is over, or its token is not valid any more */
  async read(value: string | undefined): Promise<Session> {
    if (value === undefined) throw new NotSignedIn('none');
    const kept = this.kept(value);
    if (kept === undefined || (await this.ended.hasEnded(kept.id))) throw new NotSignedIn('ended');
    return { caller: await this.callerOf(kept), formToken: this.keyring.authenticate('derived-secret', `${CONTEXT}/form/${kept.id}`) };
  }

  /** Ends the session of a cookie, for whoever else holds it too; nothing where there is none. */
  async end(value: string | undefined): Promise<void> {
    const kept = value === undefined ? undefined : this.kept(value);
    if (kept !== undefined) await this.ended.end(kept.id);
  }

  /** What the cookie holds; `undefined` when this house did not seal it, or its time is over. */
  private kept(value: string): Kept | undefined {
    const text = this.keyring.decryptToken(CONTEXT, value);
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    return kept !== undefined && this.now() < kept.until ? kept : undefined;
  }

  private async callerOf({ token }: Kept): Promise<Caller> {
    try {
      return await this.verify(`Bearer ${token}`);
    } catch (error) {
      if (['token-expired', 'token-invalid'].includes((error as { code?: string }).code ?? '')) throw new NotSignedIn('ended');
      throw error;
    }
  }
}

/** Compares in the same time whatever differs. */
export function isFormToken({ formToken }: Session, sent: string | undefined): boolean {
  const given = Buffer.from(sent ?? '');
  const wanted = Buffer.from(formToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
