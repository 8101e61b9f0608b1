/** The stories of one house, in their order: everything that is allowed, and what is refused on the way. */
import { Canaries, personalFields } from '../canaries.js';
import type { HeldBack } from '../held-back.js';
import { NOTIFICATION, done } from '../story.js';
import { DAY, MINUTE, type Tandem } from '../tandem.js';
import { SHAPES, Storyteller, aChildsCase, anAdultsCase } from '../whole-story.js';
import { askingRefused } from './asking-refused.js';
import { askedAfter } from './asked-after.js';
import { type Attempts } from './attempts.js';
import { closedEarly } from './closed-early.js';
import { closingRefused } from './closing-refused.js';
import type { Coverage } from './coverage.js';
import { funded, notFunded } from './funded.js';
import type { House } from './house.js';
import { identityRefused } from './identity-refused.js';
import { lookedAt, manyTurns, othersToo } from './more-stories.js';
import { newPolicy } from './policy-stories.js';
import { writeHeaders } from './provoke.js';
import type { Chance } from './random.js';
import { recalled } from './recalled.js';
import { refusedEverywhere } from './refused-stories.js';
import { lostAndFound, sought } from './sought.js';
import { Turned } from './turned.js';
import { BEFORE_APPROVAL, BEHIND, underWay } from './under-way.js';

export interface Telling {
  readonly house: House;
  readonly attempts: Attempts;
  readonly coverage: Coverage;
  readonly chance: Chance;
  /** What keeps the house itself from acting on what it is told, for a while. */
  readonly log: HeldBack;
}

export class Stories {
  private readonly house: House;
  private readonly attempts: Attempts;
  private readonly chance: Chance;

  constructor(private readonly telling: Telling) {
    const { house, attempts, chance } = telling;
    [this.house, this.attempts, this.chance] = [house, attempts, chance];
  }

  /** All of them; `rare` also those that are there for a refusal each, which are told once. */
  async tell(rare: boolean): Promise<void> {
    const tandem = this.house.telling((sent) => this.attempts.provoke(sent), (sent) => this.attempts.forestall(sent));
    await this.lastYear(tandem);
    await this.countOnly(tandem);
    this.attempts.knowClosedCases(await closedEarly(this.house.tandem));
    await refusedEverywhere(tandem);
    await othersToo(tandem);
    await notFunded(tandem);
    await newPolicy(tandem);
    await recalled(tandem);
    await funded(tandem);
    await sought(tandem);
    await tandem.pass(MINUTE);
    const path = await manyTurns(tandem, () => this.attempts.repeatTooLate());
    await lookedAt(tandem, path);
    await tandem.pass(MINUTE);
    const teller = new Storyteller(tandem, new Canaries(await personalFields(), SHAPES));
    await aChildsCase(teller);
    await tandem.pass(MINUTE);
    await anAdultsCase(teller);
    await this.deliverAgain();
    await this.endSubscriptions();
    await this.attempts.repeatTooLate(this.house.operations.map(({ name }) => name).filter((name) => !['orderErasure', 'placeLegalHold'].includes(name)));
    if (rare) await this.tellRare();
  }

  private async tellRare(): Promise<void> {
    const tandem = this.house.telling(() => Promise.resolve());
    await closingRefused(tandem);
    await lostAndFound(tandem);
    await askingRefused(tandem);
    await identityRefused(tandem);
    const turned = async (behind: number): Promise<Turned> => new Turned({ ...this.telling, tandem }, await underWay(tandem, behind));
    for (const behind of BEHIND) await (await turned(behind)).all();
    await (await turned(BEFORE_APPROVAL)).overridden();
    await askedAfter({ ...this.telling, tandem });
  }

  /** One was notified, and nothing more was heard of her: a figure too small to be given out. */
  private async lastYear(tandem: Tandem): Promise<void> {
    done(await this.house.tandem.as('casa-lumina').post('/v1/cases', NOTIFICATION));
    await tandem.pass(61 * DAY);
  }

  /** A case for statistics only in each house: nothing may be added to it. */
  private async countOnly(tandem: Tandem): Promise<void> {
    const notification = { month: '2026-02', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' };
    for (const { id } of tandem.engines.directory.all()) {
      const { status, body } = await tandem.as(id).post('/v1/statistics-notifications', notification);
      if (status === 201) this.attempts.knowStatisticsCase(id, (body as { caseId: string }).caseId);
    }
  }

  /** A delivery that was given up after days. */
  private async deliverAgain(): Promise<void> {
    const { operations: database } = this.house.tandem.engines;
    const notice = await database.kysely.selectFrom('notices').selectAll().where('recipient', '=', 'clinica-aurora').executeTakeFirstOrThrow();
    const row = { id: this.chance.uuid(), notice: notice.id, channel: 'webhook', way: this.chance.uuid(), recipient: notice.recipient, case_id: notice.case_id, thing: notice.thing } as const;
    const more = { ordering_key: notice.ordering_key, sequence: notice.sequence, recall: 0, state: 'dead', attempts: 9, due_at: this.house.tandem.now(), answer: '500' } as const;
    await database.kysely.insertInto('deliveries').values({ ...row, ...more }).execute();
    const partner = this.house.telling((sent) => this.attempts.provoke(sent)).as('clinica-aurora');
    await partner.get('/v1/deliveries');
    await partner.post(`/v1/deliveries/${row.id}/redelivery`);
  }

  /** Ended, and wished for once more under the key under which they were made; and another one under that key. */
  private async endSubscriptions(): Promise<void> {
    const who = { organisation: 'clinica-aurora' };
    const made = this.house.corpus.findLast(({ operation: { name }, who: { organisation } }) => name === 'subscribe' && organisation === who.organisation);
    const again = async (body = made?.body): Promise<unknown> =>
      made && this.house.send(made.operation, { who, target: made.target, headers: writeHeaders(made.key), text: JSON.stringify(body) });
    await again({ url: 'https://127.0.0.1:8443/other-hook' });
    const operation = this.house.operationAt('delete', '/v1/subscriptions/x');
    for (const id of this.house.namesOf(who.organisation, 'id')) await this.attempts.write(who, operation, `/v1/subscriptions/${id}`, undefined);
    await again();
  }

  async forgetAll(): Promise<void> {
    for (const organisation of ['casa-lumina', 'protectia-copilului', 'asociatia-punte']) {
      const who = { organisation, actor: 'the-officer', roles: ['DPO'] as const };
      for (const caseId of this.house.namesOf(organisation, 'caseId')) {
        const target = `/v1/cases/${caseId}/erasure`;
        const [operation, body] = [this.house.operationAt('post', target), { reason: 'PERSON_REQUEST' }];
        await this.attempts.provoke({ who, operation, target, body, key: this.chance.uuid() });
        await this.attempts.write(who, operation, target, body);
      }
    }
    await this.house.tandem.settled();
    await this.attempts.repeatTooLate(['placeLegalHold']);
    await this.chaseInVain();
  }

  /** Who was told of the erased says nothing: the officer asks too early, and then often enough. */
  private async chaseInVain(): Promise<void> {
    const who = { organisation: 'casa-lumina', actor: 'the-officer', roles: ['DPO'] as const };
    const board = this.house.operationAt('get', '/v1/deadlines');
    for (const days of [0, 3]) {
      await this.house.tandem.pass(days * DAY);
      const { body } = await this.house.send(board, { who, target: '/v1/deadlines' });
      const { deadlines } = body as { deadlines: { deadline: string; caseId: string; thingId: string }[] };
      for (const [name, things] of [['deletion-chase', 'referrals'], ['received-data-chase', 'received-data']] as const) {
        const row = deadlines.find(({ deadline }) => deadline === name);
        if (row === undefined) continue;
        const target = `/v1/cases/${row.caseId}/${things}/${row.thingId}/deletion-chase-end`;
        const [operation, reason] = [this.house.operationAt('post', target), { reason: 'NO_ANSWER' }];
        await this.attempts.provoke({ who, operation, target, body: reason, key: this.chance.uuid() });
        await this.attempts.write(who, operation, target, reason);
      }
    }
  }
}
