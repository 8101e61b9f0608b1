/** What is known of a country's policy, as facts in its stream `policy-<country>`. Source: domain.md 2.9, 11. */

/** The document exists and will never change. Not: that anything is decided by it. */
export interface PolicyPublished {
  readonly country: string;
  readonly version: string;
  /** SHA-256 of the canonical document. */
  readonly hash: string;
  readonly document: object;
}
/** New cases of the country follow it from that moment. Not: that a running case does. */
export interface PolicyActivated {
  readonly version: string;
  /** ISO, UTC. */
  readonly from: string;
}

export interface PolicyEvents {
  PolicyPublished: PolicyPublished;
  PolicyActivated: PolicyActivated;
}

const PREFIX = 'policy-';

export const streamOfPolicy = (country: string): string => `${PREFIX}${country}`;

/** The country of a stream; `undefined` for other streams. */
export function countryOfStream(stream: string): string | undefined {
  return stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;
}
