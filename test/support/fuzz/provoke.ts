/** One request for each documented refusal: what must happen to a request that worked, so that it is refused with that status. */
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

/** Requests of which at least one should be refused with this status; none where only the state can bring it about. */
export function provocations(sent: Sent, status: number, chance: Chance, held: readonly Role[]): readonly Sending[] {
  const { who, target, operation, body = {}, key } = sent;
  const write = operation.method !== 'get';
  const headers = write ? writeHeaders(chance.uuid()) : {};
  const text = write ? { text: JSON.stringify(body) } : {};
  const twice = `${target}${target.includes('?') ? '&' : '?'}x=1&x=2`;
  switch (status) {
    case 400:
      if (operation.open) return [{ target, headers: TWICE }];
      if (!write) return [{ who, target: twice }];
      return [{ who, target, headers, text: JSON.stringify({ ...body, unknownField: 1 }) }, { who, target, headers: { ...headers, 'idempotency-key': 'x' }, ...text }];
    case 401: return [{ target, headers, ...text }];
    case 403: return otherRoles(sent, held).map((roles) => ({ who: { ...who, roles }, target, headers: write ? writeHeaders(chance.uuid()) : {}, ...text }));
    case 404: return [{ who, target: unknownNames(sent, chance), headers, ...text }];
    case 412: return [{ who, target, headers: { ...headers, 'if-match': '"0123456789abcdef0123456789abcdef"' }, ...text }];
    case 413: return [{ who, target, headers, text: TOO_LARGE }];
    case 415: return [{ who, target, headers: { ...headers, 'content-type': 'text/plain' }, text: 'words' }];
    case 422:
      if (!write) return [];
      return [{ who, target, headers: writeHeaders(key), text: JSON.stringify({ ...body, other: 1 }) }, { who: { ...who, human: false }, target, headers, ...text }].slice(COMMANDS.has(operation.path) ? 0 : 1, COMMANDS.has(operation.path) ? 1 : 2);
    default: return [];
  }
}
