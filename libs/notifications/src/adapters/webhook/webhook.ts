/** Push by webhook, signed as Standard Webhooks 1.0 says. Source: architecture.md 7. */
import type { Clock } from '#kernel';
import { Webhook } from 'standardwebhooks';
import { bytesOf, CONTENT_TYPE, toTheMinute } from '../../message.js';
import { type Publisher, PublishRefused } from '../../publisher.js';
import { post, type PostOptions } from './post.js';
import { publicLookup, type Resolve, webhookUrl } from './public-address.js';

/** The subscriber answered, but not with success. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';

  constructor(readonly code: string) {
    super(`the subscriber answered ${code}`);
  }
}

export interface WebhookParts {
  /** The address of a subscription, `undefined` when it has ended. */
  readonly endpointOf: (subscription: string) => Promise<string | undefined>;
  /** The signing secret of a subscription, in the form `whsec_...`. */
  readonly secretOf: (subscription: string) => string;
  readonly clock: Clock;
  /** The demo's setting: the own machine is allowed, by http too. Never set where real cases are. */
  readonly allowLoopback: boolean;
  readonly timeoutMilliseconds?: number;
  readonly resolve?: Resolve;
  /** Certificate authorities besides the usual ones. */
  readonly ca?: string;
}

const TIMEOUT_MILLISECONDS = 10_000;
const GONE = 410;

/**
 * Headers and body of a push. The timestamp is cut to the minute, like every time that leaves by push; receivers allow
 * five minutes.
 */
export function signedHeaders(secret: string, id: string, body: string, now: string): Record<string, string> {
  const timestamp = new Date(toTheMinute(now));
  return {
    'content-type': CONTENT_TYPE,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp.getTime() / 1_000),
    'webhook-signature': new Webhook(secret).sign(id, timestamp, body),
  };
}

/** A subscriber that answers 410 is refused at once; every other answer but success is tried again. */
export function webhookPublisher(parts: WebhookParts): Publisher {
  const options: PostOptions = {
    timeoutMilliseconds: parts.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
    ...(parts.ca === undefined ? {} : { ca: parts.ca }),
  };
  const lookup = publicLookup(parts.resolve);
  return {
    async publish({ way }, _orderingKey, message) {
      const endpoint = await parts.endpointOf(way);
      if (endpoint === undefined) throw new PublishRefused('the subscription has ended');
      // Judged again at each attempt: the demo's setting may be off by now.
      const url = webhookUrl(endpoint, parts.allowLoopback);
      const body = bytesOf(message);
      const headers = signedHeaders(parts.secretOf(way), message.id, body, parts.clock());
      const status = await post(url, headers, body, parts.allowLoopback && isOwnMachine(url) ? options : { ...options, lookup });
      if (status === GONE) throw new PublishRefused('the subscriber is gone');
      if (status < 200 || status > 299) throw new NotTaken(String(status));
      return { answer: String(status) };
    },
    close: () => Promise.resolve(),
  };
}

/** With the demo's setting only; without it a name is looked up like every other, and never leads here. */
const isOwnMachine = ({ hostname }: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
