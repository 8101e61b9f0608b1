/** Prints the workflow's tables as a page for people who know the mechanism and not the code. The tables are what runs. */
import type { When } from '#kernel';
import type { CaseWorld } from '../shared/world.js';
import { caseWorkflow } from '../workflow.js';

const listed = (items: readonly string[] | undefined, none: string): string => (items === undefined || items.length === 0 ? none : items.join(', '));

function consentOf({ consent }: When<CaseWorld>): string {
  if (consent === undefined) return '-';
  const recipient = consent.recipient === undefined ? '' : `, for \`${consent.recipient}\``;
  const ground = consent.orGround === undefined ? '' : `; or ${consent.orGround.join(' / ')}`;
  const reviewed = consent.reviewedInTime === true ? ', reviewed in time but for an emergency' : '';
  return `${consent.purpose}${recipient}${ground}${reviewed}`;
}

function whoElse({ addressee, inContact, firstContact, uninvited }: When<CaseWorld>): string {
  if (addressee === true) return ' (only the addressee)';
  if (inContact === true) return ' (in contact, with or without access)';
  if (firstContact === true) return ' (whoever notified, also when another leads)';
  return uninvited === true ? ' (without access)' : '';
}

function commandRow(name: string, when: When<CaseWorld>): string {
  const by = `${listed(when.by, '-')}${whoElse(when)}`;
  const cells = [`**${name}**`, listed(when.from, 'any'), by, listed(when.requires, '-'), consentOf(when), when.limit ?? '-', when.otherwise];
  return `| ${cells.join(' | ')} |`;
}

function stagePart(stage: (typeof caseWorkflow.stages)[number]): readonly string[] {
  const commands = Object.entries(stage.commands as Record<string, { when: When<CaseWorld> }>);
  const events = Object.entries(stage.events as Record<string, { schema: number; sensitivity: number }>);
  return [
    `## ${stage.name}`, '',
    '| command | from | by | rules | consent | limit | if refused |', '|---|---|---|---|---|---|---|',
    ...commands.map(([name, { when }]) => commandRow(name, when)), '',
    `Events: ${events.map(([name, { schema, sensitivity }]) => `${name} (schema ${String(schema)}, sensitivity ${String(sensitivity)})`).join(', ')}.`, '',
  ];
}

/** The page, as Markdown. */
export function workflowPage(): string {
  const rules = Object.entries(caseWorkflow.guards).map(([name, { rule }]) => `| ${name} | ${rule} |`);
  return [
    '# The workflow of a case', '',
    'Printed from the tables that the service executes (`npm run generate`); do not edit.', '',
    ...caseWorkflow.stages.flatMap(stagePart),
    '## Rules', '', '| rule | says |', '|---|---|', ...rules, '',
  ].join('\n');
}
