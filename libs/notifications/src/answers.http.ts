/** Schemas of what subscriptions, deliveries and the feed answer with. */
import { closed, COUNT, IDENTIFIER, list, MOMENT_TEXT as MOMENT, TEXT } from '#platform/nest';

const LIVE = { id: IDENTIFIER, url: TEXT, since: MOMENT };
export const SUBSCRIPTION = closed(LIVE);
export const NEW_SUBSCRIPTION = closed({ ...LIVE, secret: { type: 'string', pattern: '^whsec_' } });
export const SUBSCRIPTIONS = closed({ subscriptions: { type: 'array', items: SUBSCRIPTION } });

export const DELIVERY = closed(
  { id: TEXT, messageId: IDENTIFIER, subscription: IDENTIFIER, state: TEXT, attempts: COUNT, answer: TEXT },
  ['answer'],
);
export const DELIVERIES = closed({ deliveries: { type: 'array', items: DELIVERY } });

/** As contracts/notice.v1.schema.json says it, and no field more. */
const NOTICE = closed({
  specversion: { const: '1.0' }, id: IDENTIFIER, source: TEXT, type: { const: 'notice.v1' }, time: MOMENT, datacontenttype: TEXT,
  data: closed({ reference: IDENTIFIER, replyBy: MOMENT, link: TEXT, sequence: COUNT }, ['replyBy']),
}, ['datacontenttype']);
const ITEM = closed({ notice: NOTICE, recall: { type: 'boolean' }, cursor: TEXT });
export const FEED_PAGE = closed({ items: list(ITEM), next: TEXT });
