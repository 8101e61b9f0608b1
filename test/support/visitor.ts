/** A browser without a screen: keeps cookies, sends forms as a browser would, and reads what is in a form. */
import type { Tandem } from './tandem.js';

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
  readonly cookies: readonly string[];
  /** Hidden fields of the form with this target. @throws Error when the page has none */
  form(action: string): Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, string | undefined>>;

function hiddenFields(text: string, action: string): Readonly<Record<string, string>> {
  const form = new RegExp(`<form method="post" action="${action}"[^>]*>(.*?)</form>`, 's').exec(text)?.[1];
  if (form === undefined) throw new Error(`no form for ${action}`);
  return Object.fromEntries([...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]));
}

function present(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export class Visitor {
  private readonly jar = new Map<string, string>();

  constructor(private readonly tandem: Tandem, cookie?: string) {
    if (cookie !== undefined) this.store([cookie]);
  }

  static async in(tandem: Tandem, organisation: string): Promise<Visitor> {
    const visitor = new Visitor(tandem);
    await visitor.signIn(organisation);
    return visitor;
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keyOf(organisation: string): Promise<string> {
    const roles = this.tandem.engines.directory.get(organisation)?.roles ?? [];
    return this.tandem.issuer.issue({ organisation, roles, actor: `${organisation}-worker`, human: true, client: 'page' });
  }

  async signIn(organisation: string): Promise<void> {
    const { status } = await this.post('/inbox/session', { key: await this.keyOf(organisation), next: '/inbox' });
    if (status !== 303) throw new Error(`signing in was answered with ${String(status)}`);
  }

  get(path: string, headers: Fields = {}): Promise<Page> {
    return this.send(path, { headers: present({ 'accept-language': 'en', cookie: this.cookie, ...headers }) });
  }

  post(path: string, fields: Fields, headers: Fields = {}): Promise<Page> {
    const sent = present({ 'accept-language': 'en', cookie: this.cookie, 'sec-fetch-site': 'same-origin', origin: 'null', ...headers });
    return this.send(path, { method: 'POST', headers: sent, body: new URLSearchParams(present(fields)) });
  }

  private async send(path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(`${this.tandem.address}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const cookies = response.headers.getSetCookie();
    this.store(cookies);
    const { status, headers } = response;
    return { status, headers, text, location: headers.get('location'), cookies, form: (action) => hiddenFields(text, action) };
  }

  private store(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(name.length + 1);
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
  }
}
