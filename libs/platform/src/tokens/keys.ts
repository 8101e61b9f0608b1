/** What of the keyring the edge needs; the keyring of `libs/privacy` has this shape. */
export interface TokenKeys {
  /** HMAC-SHA-256, hexadecimal. */
  authenticate(use: 'entity-tag', text: string): string;
  /** Sealed text, base64url, which only this house reads back and only for the same context. */
  encryptToken(context: string, text: string): string;
  decryptToken(context: string, token: string): string | undefined;
}
