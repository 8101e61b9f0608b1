/** One case, one stream (ADR 1): the name that says so, which is stored and never changes. */
const CASE = 'case-';

/** The stream of a case. */
export const streamOfCase = (caseId: string): string => `${CASE}${caseId}`;

/** The case of a stream; `undefined` for streams that are not cases. */
export function caseOfStream(stream: string): string | undefined {
  return stream.startsWith(CASE) ? stream.slice(CASE.length) : undefined;
}
