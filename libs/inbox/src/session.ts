/**
 * Who sits before the page: the access token itself, sealed into a cookie, verified again at every request. The house keeps
 * no session, and the browser's disk holds nothing that can be read. Source: architecture.md 6.
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
    const text = this.keyring.decryptToken(CONTEXT, value);
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    if (kept === undefined || kept.until <= this.now()) throw new NotSignedIn('ended');
    return { caller: await this.callerOf(kept), formToken: this.keyring.authenticate('derived-secret', `${CONTEXT}/form/${kept.id}`) };
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
