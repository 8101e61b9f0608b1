/** Tokens whose signature was checked: the same bytes under the same key need no second look. */
import type { CryptoKey, FlattenedJWSInput, JWK, JWTHeaderParameters, JWTPayload, JWTVerifyGetKey, KeyObject } from 'jose';
import type { Caller } from '../caller.js';

/** Which key a token asked for, and which it got. */
export interface KeyGiven {
  readonly header: JWTHeaderParameters;
  readonly token: FlattenedJWSInput;
  readonly key: CryptoKey | KeyObject | JWK | Uint8Array;
}

interface Verified {
  readonly caller: Caller;
  readonly given: KeyGiven;
  readonly payload: JWTPayload;
}

/**
 * Keeps what tokens said, the last of them, by all their bytes. Each time it is asked the issuer's keys are: one that was
 * replaced or withdrawn gives another answer, and the token is checked anew. Nothing that failed a check is kept, so who
 * holds no token of the issuer can not fill it.
 */
export class VerifiedTokens {
  private readonly tokens = new Map<string, Verified>();

  /** @param limit tokens */
  constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly limit = 1_000,
  ) {}

  /**
   * Who stands behind a token that was checked before and holds at this second; `undefined` where it has to be checked.
   * @param tolerance seconds by which clocks may differ
   * @throws what `keys` throws
   */
  async callerOf(token: string, second: number, tolerance: number): Promise<Caller | undefined> {
    const known = this.tokens.get(token);
    if (known === undefined) return undefined;
    const { caller, given, payload: { exp = 0, nbf = 0 } } = known;
    const holds = exp > second - tolerance && nbf <= second + tolerance;
    if (holds && (await this.keys(given.header, given.token)) === given.key) return caller;
    this.tokens.delete(token);
    return undefined;
  }

  keep(token: string, verified: Verified): void {
    this.tokens.set(token, verified);
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > this.limit && oldest !== undefined) this.tokens.delete(oldest);
  }
}
