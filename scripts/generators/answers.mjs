// What cases and the mechanism answer with, as closed schemas: read from the types of the code that makes the answers, so that
// there is no second copy to keep. A view or an event of no known form stops the generation.
import { join } from 'node:path';
import ts from 'typescript';
import { TypeSchemas, programOf } from '../type-schemas.mjs';

const HEAD = '/** Made by `npm run generate` from the types of the answers: see scripts/generators/answers.mjs. */\n';
const CASE_VIEW = 'libs/casework/src/edge/case-view.ts';
const IDENTIFIER = { type: 'string', format: 'uuid' };

/** An organisation knows each thing by an alias of its own, which is a UUID. */
const identifier = (name, parts) => (name.endsWith('Id') && parts.every(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0) ? IDENTIFIER : undefined);

/** Every call of `caseStage`: the stage's table, and the type arguments that name its slice, commands and events. */
function stageCalls(program) {
  const calls = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'caseStage') calls.push(node);
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) if (/\/casework\/src\/stages\//.test(source.fileName) && !/\.spec\.ts$/.test(source.fileName)) visit(source);
  return calls;
}

function tableOf(schemas, call) {
  const table = schemas.checker.getTypeAtLocation(call.arguments[0]);
  const typeOf = (name) => {
    const property = table.getProperty(name);
    return property && schemas.checker.getTypeOfSymbolAtLocation(property, call);
  };
  const name = call.arguments[0].properties.find((property) => property.name?.getText() === 'name').initializer.text;
  return { name, view: typeOf('view')?.getCallSignatures()[0].getReturnType(), events: schemas.checker.getTypeFromTypeNode(call.typeArguments[2]) };
}

/** An event's clear facts, as a history shows them: the person's reference and what is sealed are not among them. */
function factsOf(schemas, name, parts) {
  const schema = schemas.unionOf(parts, name, 0);
  for (const one of schema.anyOf ?? [schema]) {
    for (const hidden of ['person', 'personal']) delete one.properties[hidden];
    one.required = one.required.filter((field) => !['person', 'personal'].includes(field));
  }
  return schema;
}

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

function casework() {
  const program = programOf('libs/casework/src');
  const schemas = new TypeSchemas(program, { field: identifier });
  const tables = stageCalls(program).map((call) => tableOf(schemas, call));
  const stages = tables.filter(({ view }) => view !== undefined).map(({ name, view }) => [name, schemas.schemaOf(view, `the view of ${name}`)]);
  const events = tables.flatMap(({ events: all }) => schemas.fieldsOf(all).map(({ name, parts }) => [name, factsOf(schemas, name, parts)]));
  const named = (name) => sorted(schemas.fieldsOf(schemas.exported(CASE_VIEW, name)).map((field) => [field.name, schemas.unionOf(field.parts, `${name}.${field.name}`, 0)]));
  return { stages: sorted(stages), events: sorted(events), views: named('CaseViews') };
}

/** Facts of a case, as a history tells that they changed. */
function audit() {
  const schemas = new TypeSchemas(programOf('libs/audit/src'), { field: identifier });
  const facts = schemas.fieldsOf(schemas.exported('libs/audit/src/history/changes.ts', 'ToldFacts'));
  return { facts: sorted(facts.map(({ name, parts }) => [name, identifier(name, parts) ?? schemas.unionOf(parts, name, 0)])) };
}

function mechanism() {
  const schemas = new TypeSchemas(programOf('libs/mechanism/src'));
  const answers = schemas.fieldsOf(schemas.exported('libs/mechanism/src/published.ts', 'MechanismAnswers'));
  return { answers: sorted(answers.map(({ name, parts }) => [name, schemas.unionOf(parts, name, 0)])) };
}

const table = (name, entries) =>
  `export const ${name.toUpperCase()} = {\n${Object.entries(entries).map(([key, schema]) => `  ${JSON.stringify(key)}: ${JSON.stringify(schema)},\n`).join('')}} as const;\n`;
const module = (tables) => HEAD + Object.entries(tables).map(([name, entries]) => table(name, entries)).join('\n');

export default function generate() {
  return {
    [join('libs', 'casework', 'src', 'http', 'shown.generated.ts')]: module(casework()),
    [join('libs', 'audit', 'src', 'http', 'shown.generated.ts')]: module(audit()),
    [join('libs', 'mechanism', 'src', 'http', 'shown.generated.ts')]: module(mechanism()),
  };
}
