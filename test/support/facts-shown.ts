/** Whether the clear facts of an event are what the API says that a history shows of it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { FACTS_OF_EVENTS } from '#casework/nest';
import { namedSchemas } from '#platform/nest';

const ajv = new Ajv2020({ strict: false });
const compiled = new Map<string, ValidateFunction>();

/** Inside, things are named in short; only outside they are UUIDs. */
function validatorOf(type: string): ValidateFunction | undefined {
  const known = compiled.get(type);
  if (known !== undefined || !FACTS_OF_EVENTS.some((event) => event.type === type)) return known;
  const schema = JSON.stringify(namedSchemas()[`FactsOf${type}`]).replaceAll(',"format":"uuid"', '');
  const made = ajv.compile(JSON.parse(schema) as object);
  compiled.set(type, made);
  return made;
}

/** Says what is wrong with the facts, sealed ones left out already; `undefined` when nothing is. */
export function factsFault(type: string, clear: object): string | undefined {
  const { person: _inside, ...facts } = clear as { person?: string };
  const validate = validatorOf(type);
  if (validate === undefined) return 'no schema';
  return validate(JSON.parse(JSON.stringify(facts))) ? undefined : `${ajv.errorsText(validate.errors)} in ${JSON.stringify(facts)}`;
}
