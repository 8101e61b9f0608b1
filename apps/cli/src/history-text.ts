/** A history as lines to read. */

interface Step {
  readonly revision: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly organisation: string;
  readonly role: string;
  readonly changes: readonly { readonly fact: string }[];
}

function lineOf({ revision, type, occurredAt, recordedAt, organisation, role, changes }: Step): string {
  const late = occurredAt < recordedAt ? ` (happened ${occurredAt})` : '';
  const changed = changes.length === 0 ? '' : `  changes ${changes.map(({ fact }) => fact).join(', ')}`;
  return `${String(revision).padStart(4)}  ${recordedAt}  ${type}  ${organisation} as ${role}${late}${changed}`;
}

/** From the answer of `/v1/cases/{caseId}/history`. */
export function historyText(answer: string): string {
  const { steps, withheld } = JSON.parse(answer) as { steps: readonly Step[]; withheld: number };
  const hidden = withheld === 0 ? [] : [`${String(withheld)} steps are of times in which you had no access`];
  return [...steps.map(lineOf), ...hidden].join('\n');
}
