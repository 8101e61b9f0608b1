/** A client of the HTTP API: nothing here knows more than any other client could. */

export interface Server {
  readonly server: string;
  readonly token?: string;
}

/** The server answered with problem details. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Nobody answered. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
}

function refusal(status: number, text: string): Refused {
  try {
    const { code = '', title = '', detail = '' } = JSON.parse(text) as Problem;
    return new Refused(`${String(status)} ${code}: ${title}. ${detail}`);
  } catch {
    return new Refused(`${String(status)}: the answer is no problem document`);
  }
}

/** @throws Refused, Unreachable */
async function send({ server, token }: Server, path: string, init: RequestInit): Promise<string> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...authorization, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) };
  const url = `${server.replace(/\/+$/, '')}${path}`;
  const response = await fetch(url, { ...init, headers }).catch((error: unknown) => {
    throw new Unreachable(`${server} can not be reached`, { cause: error });
  });
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text);
  return text;
}

/** The body of a resource as text. @throws Refused, Unreachable */
export function read(server: Server, path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return send(server, given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`, {});
}

/** Asks the demo issuer of a demo instance for a token. @throws Refused, Unreachable */
export async function demoToken(server: Server, wanted: object): Promise<string> {
  const text = await send(server, '/demo/tokens', { method: 'POST', body: JSON.stringify(wanted) });
  return (JSON.parse(text) as { access_token: string }).access_token;
}
