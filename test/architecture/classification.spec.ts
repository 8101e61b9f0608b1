/** Every field of every body is checked and classified: sealed in a compartment, or in clear (architecture.md 5). */
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { classificationOf, isCompartment } from '#kernel';
import { caseWorkflow } from '#casework';
import { bodyClasses } from '../support/casework-files.js';

const BODIES = await bodyClasses();
const NAMED = [...BODIES].map(([name, body]) => [name, body] as const);

function checkedFields(body: new () => object): readonly string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(body, '', true, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))].sort();
}

/** Commands that come from outside: at least one role that is not the house's own clock. */
function outsideCommands(): readonly string[] {
  return caseWorkflow.stages.flatMap((stage) => {
    const commands = stage.commands as Record<string, { when: { by: readonly string[] } }>;
    return Object.entries(commands).flatMap(([name, { when }]) => (when.by.some((role) => role !== 'CLOCK') ? [name] : []));
  });
}

describe('bodies', () => {
  it('exist for every command that comes from outside, and for no other', () => {
    expect([...BODIES.keys()].sort()).toEqual(outsideCommands().map((name) => `${name}Body`).sort());
  });

  it.each(NAMED)('%s classifies exactly the fields that it checks', (_name, body) => {
    expect([...classificationOf(body).keys()].sort()).toEqual(checkedFields(body));
  });

  it('seal free words, and nothing clear holds them', () => {
    const clearWords = NAMED.flatMap(([name, body]) =>
      getMetadataStorage()
        .getTargetValidationMetadatas(body, '', true, false)
        .filter(({ propertyName, name: check }) => check === 'maxLength' && !isCompartment(classificationOf(body).get(propertyName) ?? ''))
        .map(({ propertyName }) => `${name}.${propertyName}`),
    );
    expect(clearWords).toEqual([]);
  });
});
