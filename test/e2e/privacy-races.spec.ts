/**
 * "No referral without a live consent" is enforced by the append, not hoped for: withdrawals race against requests through two
 * recorders that know nothing of each other, on one store in a file, or each on connections of its own to the servers of services.
 * Source: INV-1, INV-12; architecture.md 1, 4.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type CaseWorld, caseWorkflow, liveConsent } from '#casework';
import { type BodyClass, type CaseCommand, type CaseRecord, CaseReader, CaseRecorder } from '#casework/nest';
import { streamOfCase } from '#kernel';
import { type Engines, openEngines } from '#engines';
import { AppendOutcomeUnknown, type EventStore } from '#event-store';
import type { WorkflowState } from '#kernel';
import { DEMONSTRATION_DIRECTORY, register } from '#mechanism';
import { bodyClasses } from '../support/casework-files.js';
import { NOTIFICATION, RIGHTS, consentTo, referralTo } from '../support/story.js';
import { asServices, patience, serversOf } from '../support/tandem-servers.js';

// A whole story, on a machine that has other work too.
jest.setTimeout(patience(120_000));
const MILLISECONDS_A_TURN = 5;
/** Ten races each. */
const BATCHES = asServices ? 10 : 100;

const NOW = '2026-03-02T08:00:00.000Z';
const clock = (): string => NOW;
const data = mkdtempSync(join(tmpdir(), 'tandem-races-'));
const bodies = await bodyClasses();
const SHELTER = { organisation: 'casa-lumina', actor: 'worker', roles: ['CM', 'DETECT', 'SP'], human: true, client: 'client' } as const;
const REFERRAL = { ...referralTo('clinica-aurora', ['MED.GEN'], 'EMERGENCY'), languages: ['ron'] };

/** Lets a writer begin a few turns of the loop later; where each step of the other goes over a wire, so many milliseconds. */
async function after<T>(turns: number, work: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await (asServices ? setTimeout(MILLISECONDS_A_TURN) : setImmediate());
  return work();
}

let engines: Engines;
/** Of the second recorder: the same, where all lies in files of one process. */
let others: Engines;
let recorders: readonly [CaseRecorder, CaseRecorder];

/** A store object of its own over the same file: its writers do not queue with those of the other. */
const another = (store: EventStore, append: EventStore['append'] = (...parameters) => store.append(...parameters)): EventStore => ({
  append,
  readStream: (...parameters) => store.readStream(...parameters), readLast: (stream) => store.readLast(stream), readAll: (...parameters) => store.readAll(...parameters),
  subscribe: (...parameters) => store.subscribe(...parameters), subscribeToHeadings: (...parameters) => store.subscribeToHeadings(...parameters), compare: (a, b) => store.compare(a, b), head: () => store.head(), close: () => store.close(),
});

/** Turns of the loop between a decision of each recorder and its append: time in which the other gets ahead. */
const pauses = [0, 0];
const pausing = (which: 0 | 1, { store }: Engines): EventStore =>
  another(store, async (...parameters) => after(pauses[which]!, () => store.append(...parameters)));

function recorderOn(store: EventStore, { aliases, vaultForErasure, keys, commands, reference }: Engines): CaseRecorder {
  return new CaseRecorder(store, new CaseReader(store), aliases, vaultForErasure, keys.for('seal', 'disclose'), commands, reference, clock);
}

beforeAll(async () => {
  const opening = { data, clock, ...(asServices ? await serversOf(data) : {}) };
  engines = await openEngines(opening);
  for (const entry of DEMONSTRATION_DIRECTORY) await register(engines.store, entry, { actor: 'setup', organisation: 'tandem' }, clock);
  await engines.directory.catchUp();
  others = asServices ? await openEngines(opening) : engines;
  recorders = [recorderOn(pausing(0, engines), engines), recorderOn(pausing(1, others), others)];
}, patience(60_000));
afterAll(async () => {
  for (const each of new Set([engines, others])) await each.close();
  rmSync(data, { recursive: true });
});

function command(type: string, body: object, caseId?: string, identifiers: Readonly<Record<string, string>> = {}, idempotencyKey: string = randomUUID()): CaseCommand {
  const bodyClass = bodies.get(`${type}Body`) as BodyClass;
  return { type, body, bodyClass, identifiers, caller: SHELTER, idempotencyKey, correlationId: randomUUID(), ...(caseId === undefined ? {} : { caseId }) };
}

interface Consented { readonly caseId: string; readonly consentId: string }

/** A case with one live consent to one provider. */
async function consented(round: number): Promise<Consented> {
  const recorder = recorders[round % 2]!;
  pauses.fill(0);
  const { caseId } = await recorder.record(command('NotifyCase', NOTIFICATION));
  await recorder.record(command('InformOfRights', RIGHTS, caseId));
  const { events } = await recorder.record(command('GiveConsent', consentTo('REFERRAL', 'clinica-aurora'), caseId));
  return { caseId, consentId: (events[0]?.data as { consentId: string }).consentId };
}

const withdrawal = ({ caseId, consentId }: Consented): CaseCommand => command('WithdrawConsent', { by: 'PERSON' }, caseId, { consentId });
/** Said without naming a consent. */
const stop = ({ caseId }: Consented, key: string = randomUUID()): CaseCommand =>
  command('StateWithdrawal', { purpose: 'REFERRAL', recipient: 'clinica-aurora', by: 'PERSON', medium: 'PHONE', words: 'No more.' }, caseId, {}, key);
const request = ({ caseId }: Consented): CaseCommand => command('RequestReferral', REFERRAL, caseId);

/** Requests that stand in a stream without a consent or ground that was live right before them. */
async function unlawful(caseId: string): Promise<readonly number[]> {
  let state: WorkflowState<CaseWorld> = caseWorkflow.initialState;
  const found: number[] = [];
  for (const event of await engines.store.readStream(streamOfCase(caseId))) {
    const { type, revision, data: { recipient }, metadata: { recordedAt } } = event as { type: string; revision: number; data: { recipient?: string }; metadata: { recordedAt: string } };
    if (type === 'ReferralRequested' && liveConsent(state.facts, 'REFERRAL', recipient, recordedAt) === undefined) found.push(revision);
    state = caseWorkflow.evolve(state, event);
  }
  return found;
}

const outcomeOf = async (work: Promise<CaseRecord>): Promise<string> =>
  work.then(({ events }) => events.map(({ type }) => type).join() || 'nothing', (error: unknown) => (error as { code?: string }).code ?? String(error));

describe(`${String(BATCHES * 10)} withdrawals against requests, through two recorders`, () => {
  it.each([
    ['of a consent', withdrawal, 'ConsentWithdrawn'],
    ['stated by who knows of no consent', (subject: Consented) => stop(subject), 'WithdrawalStated'],
  ] as const)('%s never leave a referral without a live consent at its revision, whoever was first', async (_name, withdraw, withdrawn) => {
    const ends = new Map<string, number>();
    for (let batch = 0; batch < BATCHES; batch++) {
      const subjects: Consented[] = [];
      for (let one = 0; one < 10; one++) subjects.push(await consented(one));
      pauses[0] = batch % 5;
      pauses[1] = (batch >> 2) % 5;
      await Promise.all(subjects.map(async (subject, index) => {
        const [one, two] = index % 2 === 0 ? recorders : [recorders[1], recorders[0]];
        const race = await Promise.all([
          outcomeOf(after(index % 3, () => one.record(withdraw(subject)))),
          outcomeOf(after(batch % 3, () => two.record(request(subject)))),
        ]);
        ends.set(race.join(' / '), (ends.get(race.join(' / ')) ?? 0) + 1);
        expect(await unlawful(subject.caseId)).toEqual([]);
      }));
    }
    expect([...ends.keys()].sort()).toEqual([`${withdrawn} / ReferralRequested`, `${withdrawn} / consent-missing`]);
    expect(Math.min(...ends.values())).toBeGreaterThan(asServices ? 0 : BATCHES / 2);
  });

  it('nor do eight writers at once, four of each', async () => {
    for (let round = 0; round < 25; round++) {
      const subject = await consented(round);
      const writers = Array.from({ length: 8 }, (_, index) =>
        outcomeOf(after((round * index) % 5, () => recorders[index % 2]!.record(index < 4 ? withdrawal(subject) : request(subject)))));
      const ends = await Promise.all(writers);
      expect(ends.slice(0, 4).filter((end) => end === 'ConsentWithdrawn')).toHaveLength(1);
      expect(ends.slice(0, 4).filter((end) => end === 'nothing')).toHaveLength(3);
      expect(await unlawful(subject.caseId)).toEqual([]);
    }
  });
});

const types = async (caseId: string): Promise<readonly string[]> => (await engines.store.readStream(streamOfCase(caseId))).map(({ type }) => type);
const asAnswered = ({ caseId, events }: CaseRecord) => ({ caseId, events });

describe('one wish', () => {
  it('to stop, sent fifty times at once with one key, is recorded once', async () => {
    const subject = await consented(0);
    const wish = stop(subject, randomUUID());
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => recorders[index % 2]!.record({ ...wish, correlationId: randomUUID() })));
    expect(new Set(answers.map((answer) => JSON.stringify(asAnswered(answer)))).size).toBe(1);
    expect((await types(subject.caseId)).filter((type) => type === 'WithdrawalStated')).toHaveLength(1);
  });

  it('sent fifty times at once with one key has one effect and fifty equal answers', async () => {
    const subject = await consented(0);
    const key = randomUUID();
    const wish = { ...request(subject), idempotencyKey: key };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => recorders[index % 2]!.record({ ...wish, correlationId: randomUUID() })));
    expect(new Set(answers.map((answer) => JSON.stringify(asAnswered(answer)))).size).toBe(1);
    expect((await types(subject.caseId)).filter((type) => type === 'ReferralRequested')).toHaveLength(1);
  });

  it('makes one case when it makes a case, and one sealed row', async () => {
    const wish = command('NotifyCase', { ...NOTIFICATION, account: 'Found at dawn.' });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => recorders[index % 2]!.record(wish)));
    expect(new Set(answers.map((answer) => JSON.stringify(asAnswered(answer)))).size).toBe(1);
    const { caseId } = answers[0]!;
    expect((await types(caseId)).filter((type) => type === 'CaseNotified')).toHaveLength(1);
    expect(await engines.persons.kysely.selectFrom('vault_row').select('reference').where('stream', '=', streamOfCase(caseId)).execute()).toHaveLength(1);
  });

  it('whose reply was lost is found as it was written, and the door stays shut for a request that lost its race', async () => {
    const lost: string[] = [];
    const store = another(engines.store, async (stream, events, expected) => {
      const written = await engines.store.append(stream, events, expected);
      if (lost.includes(stream)) return written;
      lost.push(stream);
      throw new AppendOutcomeUnknown('the reply was lost');
    });
    const losing = recorderOn(store, engines);
    for (let round = 0; round < 25; round++) {
      const subject = await consented(round);
      const [ask, withdraw] = [request(subject), withdrawal(subject)];
      const ends = await Promise.all([outcomeOf(losing.record(ask)), outcomeOf(after(round % 9, () => recorders[0].record(withdraw)))]);
      // The client lost the reply as well, and asks again with the same key.
      expect(await outcomeOf(losing.record(ask))).toBe(ends[0]);
      expect(await outcomeOf(recorders[1].record(withdraw))).toBe(ends[1]);
      expect(await unlawful(subject.caseId)).toEqual([]);
      expect((await types(subject.caseId)).filter((type) => type === 'ConsentWithdrawn')).toHaveLength(1);
    }
    expect(lost.length).toBeGreaterThan(5);
  });
});
