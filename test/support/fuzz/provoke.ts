/** One request for each documented refusal: what must happen to a request that worked, so that it is refused with that code. */
import { STAGE_ROUTES } from '#casework/nest';
import { caseWorkflow } from '#casework';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Role } from '#mechanism';
import type { Sending, Sent } from './house.js';
import type { Chance } from './random.js';

const COMMANDS = new Map(Object.values(STAGE_ROUTES).flatMap((routes) => routes.map(({ path, command }) => [path.replaceAll(/:(\w+)/g, '{$1}'), command] as const)));
const TOO_LARGE = JSON.stringify({ much: 'x'.repeat(257 * 1024) });

/** A header that may stand once only; the types of Node do not know that it sends it twice. */
const TWICE: OutgoingHttpHeaders = { 'idempotency-key': ['a', 'b'] };

/** Headers of a write, as they should be. */
export function writeHeaders(key: string): Record<string, string> {
  return { 'content-type': 'application/json', 'idempotency-key': key };
}

/** The target with every name in its path replaced. */
function unknownNames({ operation, target }: Sent, chance: Chance): string {
  const given = (target.split('?', 1)[0] ?? '').split('/');
  return operation.path.split('/').map((part, at) => (part.startsWith('{') && part !== '{revision}' ? chance.uuid() : given[at])).join('/');
}

/** Roles of the organisation in which this may not be done. */
function otherRoles({ operation }: Sent, held: readonly Role[]): readonly (readonly Role[])[] {
  if (operation.method === 'get') return [...held.map((role) => [role]), []];
  const by = caseWorkflow.command(COMMANDS.get(operation.path) ?? '')?.rule.when.by;
  if (by === undefined) return [[]];
  return [...held.filter((role) => !by.includes(role)).map((role) => [role]), []];
}

/** What a provocation may need beside the request that worked. */
export interface Means {
  readonly chance: Chance;
  /** Roles that the organisation holds. */
  readonly held: readonly Role[];
  readonly expiredToken: string;
  /** The caller's name of a case that is for statistics only. */
  readonly statisticsCase: string | undefined;
  /** Cases of the caller that were closed early. */
  readonly closedCases: readonly string[];
}

type Provocation = (sent: Sent, means: Means) => readonly Sending[];

const isWrite = ({ operation }: Sent): boolean => operation.method !== 'get';

/** The request as it worked, under a key of its own. */
function again(sent: Sent, { chance }: Means): Sending {
  const { who, target, body = {}, operation } = sent;
  if (!isWrite(sent)) return { who, target, headers: {} };
  const headers = operation.method === 'delete' ? { 'idempotency-key': chance.uuid() } : writeHeaders(chance.uuid());
  return { who, target, headers, ...(operation.method === 'delete' ? {} : { text: JSON.stringify(body) }) };
}

const withHeaders = (change: OutgoingHttpHeaders): Provocation => (sent, means) => {
  const sending = again(sent, means);
  return [{ ...sending, headers: { ...sending.headers, ...change } }];
};
const withText = (text: string): Provocation => (sent, means) => {
  const sending = again(sent, means);
  return [{ ...sending, headers: { 'content-type': 'application/json', ...sending.headers }, text }];
};
const without = (sending: Sending, header: string): Sending => ({
  ...sending,
  headers: Object.fromEntries(Object.entries(sending.headers ?? {}).filter(([name]) => name !== header)),
});
const nobody = ({ who: _who, ...sending }: Sending): Sending => sending;
const withToken = (token: string, sent: Sent, means: Means): readonly Sending[] => {
  const sending = nobody(again(sent, means));
  return [{ ...sending, headers: { ...sending.headers, authorization: `Bearer ${token}` } }];
};

/** The request about another case. */
const inCase = (id: string, sent: Sent, means: Means): Sending => ({ ...again(sent, means), target: sent.target.replace(/\/cases\/[^/?]+/, `/cases/${id}`) });

/** By code. Codes of the domain that are not here need a state of the case, and a story that brings it about. */
const PROVOCATIONS: Readonly<Record<string, Provocation>> = {
  'broken-request': (sent, means) => [{ ...again(sent, means), target: sent.target.replace(/(\?|$)/, '%$1') }],
  'headers-repeated': withHeaders(TWICE),
  'idempotency-key-missing': (sent, means) => [without(again(sent, means), 'idempotency-key')],
  'idempotency-key-invalid': withHeaders({ 'idempotency-key': 'x' }),
  'if-match-invalid': withHeaders({ 'if-match': 'x' }),
  'broken-json': withText('{"a":'),
  'body-invalid': (sent, means) => withText(JSON.stringify({ ...sent.body, unknownField: 1 }))(sent, means),
  'query-invalid': (sent, means) => [{ ...again(sent, means), target: `${sent.target}${sent.target.includes('?') ? '&' : '?'}x=1&x=2` }],
  'position-invalid': withHeaders({ 'tandem-minimum-position': 'AAAA' }),
  'token-missing': (sent, means) => [nobody(again(sent, means))],
  'token-invalid': (sent, means) => withToken('a.b.c', sent, means),
  'token-expired': (sent, means) => withToken(means.expiredToken, sent, means),
  'role-not-allowed': (sent, means) =>
    otherRoles(sent, means.held).map((roles) => ({ ...again(sent, means), who: { ...sent.who, roles } })),
  'not-found': (sent, means) => [{ ...again(sent, means), target: unknownNames(sent, means.chance) }],
  'precondition-failed': withHeaders({ 'if-match': '"0123456789abcdef0123456789abcdef"' }),
  'body-too-large': withText(TOO_LARGE),
  'media-type-unsupported': (sent, means) => {
    const sending = again(sent, means);
    return [{ ...sending, headers: { ...sending.headers, 'content-type': 'text/plain' }, text: 'words' }];
  },
  'idempotency-key-reused': (sent, means) => [
    { ...again(sent, means), headers: writeHeaders(sent.key), text: JSON.stringify({ ...sent.body, other: 1 }) },
  ],
  'before-its-ground': (sent, means) => [{ ...again(sent, means), text: JSON.stringify({ ...sent.body, occurredAt: '2025-06-01T00:00:00.000Z' }) }],
  'human-required': (sent, means) => [{ ...again(sent, means), who: { ...sent.who, human: false } }],
  'case-closed': (sent, means) => means.closedCases.map((id) => inCase(id, sent, means)),
  'statistics-only': (sent, means) => {
    const { statisticsCase } = means;
    return statisticsCase === undefined ? [] : [inCase(statisticsCase, sent, means)];
  },
};

/** Requests of which at least one should be refused with this code; none where only the state can bring it about. */
export function provocations(sent: Sent, code: string, means: Means): readonly Sending[] {
  return PROVOCATIONS[code]?.(sent, means) ?? [];
}
