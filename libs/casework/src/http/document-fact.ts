/** Describes a write in the API reference: the fact, its body, its receipt, and every reason why it may be refused. */
import { ROLES, type Role } from '#mechanism';
import { DocumentedWrite } from '#platform/nest';
import { recordsBlindly } from '../dispatch/standing.js';
import { NO_FACTS } from '../shared/facts.js';
import { caseWorkflow } from '../workflow.js';
import type { FactRoute } from './fact-routes.js';

/** What every write on a case can meet, whatever it records. */
const ALWAYS = ['role-not-allowed', 'idempotency-key-reused', 'newer-events', 'precondition-failed', 'if-match-invalid'];
/** Roles that look, count or act on time; nobody records a fact in them. Source: domain.md 8.3. */
const NEVER_RECORDING: readonly Role[] = ['AUDIT', 'RAPP', 'PROG', 'CLOCK'];
/** What a write on something that exists can meet. */
const ADDRESSED = ['not-found'];

const RECEIPT = {
  type: ['object', 'null'],
  description:
    'Keep it: any later export can be held against it. `null` when the wish already held. Who does not see the whole case gets no revision: from two of them it could count what others record.',
  required: ['chain'],
  properties: { revision: { type: 'integer', minimum: 0 }, chain: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
  additionalProperties: false,
};
/** For who records without seeing the case. */
const BLIND_RECEIPT = { ...RECEIPT, properties: { chain: RECEIPT.properties.chain } };

const EMERGENCY = {
  type: 'object',
  description: 'After a notification of immediate danger: show it to whoever notified.',
  required: ['en', 'ro'],
  properties: { en: { type: 'string' }, ro: { type: 'string' } },
  additionalProperties: false,
};

/** The answer to every write; a thing that was made adds its identifier under the name it has in paths. */
const ANSWER = {
  type: 'object',
  required: ['recorded', 'receipt', 'provisional'],
  properties: {
    caseId: { type: 'string', format: 'uuid' },
    recorded: { type: 'array', items: { type: 'string' }, description: 'Types of the events recorded, in order.' },
    receipt: RECEIPT,
    provisional: { type: 'array', items: { type: 'string' }, description: 'Rules that no source has confirmed and this rests on.' },
    emergency: EMERGENCY,
  },
  additionalProperties: { type: 'string', format: 'uuid' },
};

const answerOf = ({ command }: FactRoute) =>
  recordsBlindly(command) ? { ...ANSWER, properties: { ...ANSWER.properties, receipt: BLIND_RECEIPT } } : ANSWER;

/**
 * Whether the command can get as far as to be told that the notification is for statistics only. Nothing is ever added to such
 * a case: it is in the state in which it begins, there is no thing in it to name, and only who notified it knows it.
 */
function meetsStatistics({ command, path }: Pick<FactRoute, 'command' | 'path'>): boolean {
  const found = caseWorkflow.command(command);
  if (found === undefined || path.split(':').length > 2) return false;
  const { stage, rule: { when: { by, from } } } = found;
  if (!by.some((role) => caseWorkflow.command('NotifyForStatistics')?.rule.when.by.includes(role))) return false;
  if (from === undefined) return true;
  const state = stage.stateOf?.(stage.initial, {}, { ...NO_FACTS, statisticsOnly: true, notifiedAt: 'then' });
  return state !== undefined && from.includes(state);
}

/** Whether the command is open to every role in which anybody may record on a case. */
function isForAll(command: string): boolean {
  const { by = [], inContact = false, firstContact = false } = caseWorkflow.command(command)?.rule.when ?? {};
  // Who only was in contact comes in any role of its organisation.
  return firstContact && !inContact && ROLES.every((role) => NEVER_RECORDING.includes(role) || by.includes(role));
}

/** Codes that follow from the command's own table. */
function codesOf({ command, path, rejects = [], neverMeets = {} }: FactRoute): readonly string[] {
  const when = caseWorkflow.command(command)?.rule.when;
  // A case that the command itself makes is in no other state.
  // Once the person is erased, the case is unknown to all but who is addressed and who answers for the data.
  const meetsErased = when?.addressee === true || when?.by.includes('DPO') === true;
  const guards = (when?.requires ?? [])
    .filter((name) => (name !== 'not-erased' || meetsErased) && (name !== 'about-a-person' || meetsStatistics({ command, path })))
    .flatMap((name) => caseWorkflow.guards[name].codes);
  const all = [
    ...ALWAYS, ...(path.includes(':') ? ADDRESSED : []), ...(when?.from === undefined || !path.includes(':') ? [] : ['wrong-state']),
    ...(when?.consent === undefined ? [] : ['consent-missing']), ...(when?.consent?.reviewedInTime === true ? ['override-review-overdue'] : []),
    ...guards, ...rejects,
  ];
  return all.filter((code) => !(code in neverMeets) && (code !== 'role-not-allowed' || !isForAll(command)));
}

/** Documents the route on the method that serves it. */
export function documentFact(route: FactRoute, prototype: object, method: string, descriptor: PropertyDescriptor): void {
  DocumentedWrite({
    summary: `Records ${route.records}.`,
    tag: route.path.split('/')[2] ?? 'cases',
    operationId: method,
    body: route.body,
    occurredAt: true,
    answer: answerOf(route),
    problems: [...new Set(codesOf(route))],
  })(prototype, method, descriptor);
}
