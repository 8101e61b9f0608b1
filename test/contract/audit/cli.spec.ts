/** `tandem` as whoever types it meets it: a child process, a server, files, exit codes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Audited, type AuditedCase, startAudited } from './audited.js';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
const file = (name: string, content?: string): string => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

let audited: Audited;
let known: AuditedCase;
let token: string;
let caseId: string;

async function tandem(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; out: string; err: string }> {
  const hook = join(root, 'test/contract/event-store/typescript.mjs');
  const child = spawn(process.execPath, ['--import', hook, join(root, 'apps/cli/src/main.ts'), ...args], { cwd: root, env: { PATH: process.env['PATH'], ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
const asAuditor = (args: readonly string[]) => tandem(args, { TANDEM_SERVER: audited.tandem.address, TANDEM_TOKEN: token });

beforeAll(async () => {
  audited = await startAudited();
  known = await audited.aCase();
  caseId = (await audited.pathOf(known)).split('/').at(-1)!;
  const asked = await tandem(['token', 'garda-audit', '--role', 'AUDIT', '--mandate', audited.mandate.mandate, '--server', audited.tandem.address]);
  token = asked.out.trim();
}, 30_000);
afterAll(async () => {
  await audited.tandem.stop();
  rmSync(folder, { recursive: true });
});

describe('the command line', () => {
  it('explains itself, and each of its commands', async () => {
    for (const command of [[], ['token'], ['case'], ['case', 'show'], ['case', 'history'], ['export'], ['verify']]) {
      const { code, out } = await tandem([...command, '--help']);
      expect([code, out.includes('Usage: tandem')]).toEqual([0, true]);
    }
    expect((await tandem(['--help'])).out).toContain('Exit codes:');
  }, 30_000);

  it('reads a case and its history with a token of the environment or an option', async () => {
    const shown = await asAuditor(['case', 'show', caseId, '--revision', '4']);
    expect(JSON.parse(shown.out)).toMatchObject({ caseId, asOf: { revision: 4 } });
    const history = await tandem(['case', 'history', caseId, '--server', audited.tandem.address, '--token', token]);
    expect(history).toMatchObject({ code: 0, err: '' });
    expect(history.out).toContain('3  2026-03-02T08:00:00.000Z  RightsInformed  casa-lumina as CM  changes rightsInformed, rightsInformedAt\n');
    expect(JSON.parse((await asAuditor(['case', 'history', caseId, '--json'])).out).steps).toHaveLength(6);
  });

  it('takes a history away and verifies it without the server', async () => {
    const bundle = file('bundle.ndjson');
    expect(await asAuditor(['export', caseId, '--output', bundle])).toMatchObject({ code: 0, out: '' });
    expect((await asAuditor(['export', caseId, '--output', bundle])).code).toBe(2);
    const head = await audited.auditor.get('/v1/ledger/head');
    const held = [
      '--keys', file('keys.json', JSON.stringify(head.body)), '--trees', file('trees.ndjson', JSON.stringify(head.body)),
      '--receipts', file('receipts.ndjson', known.receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join('')),
    ];
    const whole = await tandem(['verify', bundle, ...held]);
    expect(whole).toMatchObject({ code: 0, err: '' });
    for (const code of ['internally-consistent', 'signed-by-key', 'unchanged-since-receipt', 'complete-as-of-tree', 'tree-is-held', 'truth-of-facts']) expect(whole.out).toContain(code);
    const bare = await tandem(['verify', bundle, '--json']);
    expect(JSON.parse(bare.out)).toMatchObject({ holds: true, broken: [] });
    expect(bare.out).toContain('signer-unproved');
    const altered = file('altered.ndjson', readFileSync(bundle, 'utf8').replace('casa-lumina', 'casa-lumini'));
    const broken = await tandem(['verify', altered, ...held]);
    expect(broken).toMatchObject({ code: 1, err: '' });
    expect(broken.out).toContain('DOES NOT HOLD');
    const wrong = file('wrong.ndjson', JSON.stringify({ receipt: { ...known.receipts[1], chain: 'f'.repeat(64) } }));
    expect((await tandem(['verify', bundle, '--receipts', wrong])).out).toContain('receipt-contradicts');
  }, 30_000);

  it('tells a wrong use, a refusal and a silent server apart', async () => {
    expect((await tandem(['case', 'show'])).code).toBe(2);
    expect((await tandem(['nonsense'])).code).toBe(2);
    expect((await tandem(['case', 'show', caseId])).err).toContain('--token');
    expect((await tandem(['verify', file('absent.ndjson')])).code).toBe(2);
    expect((await tandem(['verify', file('altered.ndjson'), '--receipts', file('empty', '')])).code).toBe(2);
    const refused = await asAuditor(['case', 'show', known.alias]);
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toContain('404 not-found');
    expect((await tandem(['case', 'show', caseId, '--server', 'http://127.0.0.1:9', '--token', token])).code).toBe(4);
  }, 30_000);
});
