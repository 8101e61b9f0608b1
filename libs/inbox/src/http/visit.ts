/** What a browser brings along: its language, its cookie, whether its request was made by this page. And how it is answered. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Config, languageOf } from '#platform';
import type { Html } from '../html.js';
import { STYLE_HASH } from '../pages/style.js';
import type { Language } from '../words/words.js';

const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
const HEADERS = {
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** Neutral names: a list of cookies is no less open to a passer-by than a title. */
const LANGUAGE_COOKIE = 'language';

function cookie({ headers }: FastifyRequest, name: string): string | undefined {
  const parts = (headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

function single(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function known(value: string | undefined): Language | undefined {
  return value === 'ro' || value === 'en' ? value : undefined;
}

/** A query parameter that stands once. */
export function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  return single((query as Record<string, unknown>)[name]);
}

/** What was chosen just now, else chosen before, else what the browser prefers, else Romanian. */
export function languageOfVisit(request: FastifyRequest): Language {
  const chosen = known(queryOf(request, 'lang')) ?? known(cookie(request, LANGUAGE_COOKIE));
  const accepts = request.headers['accept-language'];
  return chosen ?? (accepts !== undefined && /(?:^|[\s,])(?:en|ro)\b/i.test(accepts) ? languageOf(accepts) : 'ro');
}

/** A form that this page did not make, or not for this session. */
export class NotOurForm extends Error {
  override readonly name = 'NotOurForm';
}

/** Cookies and origin as this house sets and expects them. */
export class Visits {
  private readonly secure: boolean;
  private readonly attributes: string;
  private readonly sessionName: string;
  private readonly origin: string | undefined;

  constructor({ profile, publicAddress }: Config) {
    // The demonstration speaks plain HTTP, to this computer only.
    this.secure = profile !== 'demo';
    this.attributes = `Path=/; HttpOnly; SameSite=Strict${this.secure ? '; Secure' : ''}`;
    this.sessionName = this.secure ? '__Host-desk' : 'desk';
    this.origin = publicAddress === undefined ? undefined : new URL(publicAddress).origin;
  }

  sessionCookie(request: FastifyRequest): string | undefined {
    return cookie(request, this.sessionName);
  }

  keep(reply: FastifyReply, value: string, seconds: number): void {
    void reply.header('set-cookie', `${this.sessionName}=${value}; Max-Age=${String(seconds)}; ${this.attributes}`);
  }

  forget(reply: FastifyReply): void {
    this.keep(reply, '', 0);
  }

  /** Remembers a language chosen by link until the browser closes: on a shared computer even that is a trace. */
  remember(request: FastifyRequest, reply: FastifyReply): void {
    const chosen = known(queryOf(request, 'lang'));
    if (chosen !== undefined) void reply.header('set-cookie', `${LANGUAGE_COOKIE}=${chosen}; ${this.attributes}`);
  }

  /**
   * Refuses a form that another site sent. A browser says where a request was made in `Sec-Fetch-Site`, which no page can
   * set; an older one in `Origin`. Without a referrer `Origin` is `null`, so it alone would refuse our own forms.
   * @throws NotOurForm
   */
  requireOwn({ headers, host, protocol }: FastifyRequest): void {
    const made = headers['sec-fetch-site'];
    const own = made === undefined ? headers.origin === (this.origin ?? `${protocol}://${host}`) : made === 'same-origin';
    if (!own) throw new NotOurForm('sent by another page');
  }
}

/** Whether the browser came here by a link on another site, and so held strict cookies back. */
export function cameFromElsewhere({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}

/** Sends a page. */
export async function show(reply: FastifyReply, page: Html, status = 200): Promise<void> {
  await reply.code(status).headers(HEADERS).type('text/html; charset=utf-8').send(page.toString());
}

/** Sends the browser on to a page that may be loaded again and again. */
export async function goTo(reply: FastifyReply, location: string): Promise<void> {
  await reply.code(303).headers(HEADERS).header('location', location).send('');
}
