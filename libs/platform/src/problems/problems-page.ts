/** Prints the catalogue of problems as `docs/problems.md`. */
import { PROBLEMS } from './catalogue.js';
import { STATUS } from './kinds.js';

const HEAD = `# Problems

Every answer that is not what was asked for is a problem details document (RFC 9457), \`application/problem+json\`:

| field | what it holds |
|---|---|
| \`code\` | one of the codes below; stable, for programs |
| \`type\` | \`urn:tandem:problem:<code>\` |
| \`title\` | the title below, in Romanian when \`Accept-Language\` prefers it |
| \`status\` | the HTTP status |
| \`detail\` | one sentence for people, in English, without personal data |
| \`errors\` | with \`body-invalid\`: a JSON pointer and the code of the check that failed, for each field |
| \`details\` | facts that belong to the code: roles, states, moments |
| \`requestId\` | the same as the header \`X-Request-Id\`; what to name when asking for help |

A case that is not yours to know answers exactly as one that does not exist. After a 503 the same request, with the same
\`Idempotency-Key\`, may be sent again; \`Retry-After\` says when.

| code | status | title | titlu | what it means |
|---|---|---|---|---|
`;

/** The page, as Markdown. Rows stand by status, then by code. */
export function problemsPage(): string {
  const rows = Object.entries(PROBLEMS).sort(([a, x], [b, y]) => STATUS[x.kind] - STATUS[y.kind] || (a < b ? -1 : 1));
  return (
    HEAD +
    rows
      .map(([code, p]) => `| \`${code}\` | ${String(STATUS[p.kind])} | ${p.title} | ${p.titleRo} | ${p.meaning} |\n`)
      .join('')
  );
}
