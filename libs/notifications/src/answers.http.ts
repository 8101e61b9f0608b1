/** Schemas of what subscriptions, deliveries and the feed answer with. */
import type { JsonSchema } from '#platform/nest';

const TEXT = { type: 'string' };
const MOMENT = { type: 'string', format: 'date-time' };
const IDENTIFIER = { type: 'string', format: 'uuid' };

function closed(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, properties, additionalProperties: false };
}

const LIVE = { id: IDENTIFIER, url: TEXT, since: MOMENT };
export const SUBSCRIPTION = closed(LIVE);
export const NEW_SUBSCRIPTION = closed({ ...LIVE, secret: { type: 'string', pattern: '^whsec_' } });
export const SUBSCRIPTIONS = closed({ subscriptions: { type: 'array', items: SUBSCRIPTION } });

export const DELIVERY = closed(
  { id: TEXT, messageId: IDENTIFIER, subscription: IDENTIFIER, state: TEXT, attempts: { type: 'integer', minimum: 0 }, answer: TEXT },
  ['answer'],
);
export const DELIVERIES = closed({ deliveries: { type: 'array', items: DELIVERY } });

/** `notice` is described by contracts/notice.v1.schema.json. */
const ITEM = closed({ notice: { type: 'object', required: ['specversion', 'id', 'source', 'type', 'time', 'data'] }, recall: { type: 'boolean' }, cursor: TEXT });
export const FEED_PAGE = closed({ items: { type: 'array', items: ITEM }, next: TEXT });
