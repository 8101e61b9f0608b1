/** What a history says once everything is taken out that differs between two tellings of the same story. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT[0-9:.]+Z/g;
/** Hashes: links of the chain and commitments, which hide random salts. */
const HASH = /\b[0-9a-f]{64}\b/g;

/**
 * The events of an export, each as text, in order. Identifiers become numbers in the order in which they first appear, so
 * what refers to what is still compared; times, chain and commitments go.
 */
export function historyShape(bundle: string): readonly string[] {
  const numbers = new Map<string, string>();
  const number = (identifier: string): string => {
    const known = numbers.get(identifier) ?? `#${String(numbers.size)}`;
    numbers.set(identifier, known);
    return known;
  };
  const lines = bundle.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { kind: string; event?: unknown });
  const events = lines.filter(({ kind }) => kind === 'event').map(({ event }) => JSON.stringify(event));
  return events.map((event) => event.replace(INSTANT, '@').replace(HASH, '%').replace(UUID, number));
}
