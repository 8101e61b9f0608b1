/** What the first run prints: the address, the reference, a token for each demo organisation, one request that works. */
import { randomUUID } from 'node:crypto';
import { DEMONSTRATION_DIRECTORY } from '#mechanism';
import type { DemoIssuer } from '#platform';

/** Demo tokens live as long as a working day at most. */
const TOKEN_SECONDS = 8 * 60 * 60;

const NOTIFICATION = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO11', ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false,
};

/** Lines to print. Without a demo issuer there are no tokens to give: only the address and the reference. */
export async function welcome(address: string, demo: { issuer: DemoIssuer; mandate: string } | undefined): Promise<readonly string[]> {
  const head = ['', `Tandem listens on ${address}`, `API reference: ${address}/docs (OpenAPI: ${address}/openapi.json)`];
  return demo === undefined ? head : [...head, ...(await demoLines(address, demo))];
}

async function demoLines(address: string, { issuer, mandate }: { issuer: DemoIssuer; mandate: string }): Promise<readonly string[]> {
  const tokens = await Promise.all(
    DEMONSTRATION_DIRECTORY.map(async ({ id, name, roles }) => {
      const audits = roles.includes('AUDIT') ? { mandate } : {};
      const token = await issuer.issue({ organisation: id, roles, actor: `${id}-demo`, human: true, ttl: TOKEN_SECONDS, ...audits });
      return { id, title: `${name} (${roles.join(', ')})`, token };
    }),
  );
  const first = tokens.find(({ id }) => id === 'casa-lumina');
  return [
    `Page for an organisation without a developer: ${address}/inbox`,
    '', 'Invented organisations of this demo, each with a token for eight hours:', '',
    ...tokens.flatMap(({ title, token }) => [title, token, '']),
    'A request that works now:', '',
    `curl -sS ${address}/v1/cases -H 'authorization: Bearer ${first?.token ?? ''}' \\`,
    `  -H 'content-type: application/json' -H 'idempotency-key: ${randomUUID()}' \\`,
    `  -d '${JSON.stringify(NOTIFICATION)}'`, '',
  ];
}
