/** What may come in the way of a case in which everything is under way; each time, every step that it stops is tried. */
import { register, reinstate, suspend } from '#mechanism';
import { done, fullRisk, returnRisk } from '../story.js';
import { type As, DAY, HOUR, type Tandem } from '../tandem.js';
import { deadly } from './closing-refused.js';
import { writeHeaders } from './provoke.js';
import type { Telling } from './stories.js';
import { CHECK, COORDINATOR, HEAD, HOME, IN_TWO_HOUSES, LEADER, OFFICER, offered, type Step, TRAVEL, type UnderWay, type Write, writes } from './under-way.js';

const RETURNING = ['R10.1', 'R10.2', 'R10.3', 'R10.4', 'R10.5', 'R10.6'];
const REGISTRAR = { actor: 'setup', organisation: 'tandem' } as const;
const CLOSING = { reason: 'DECEASED', unmetNeeds: [], interviewOffered: false, retentionExplained: false, summary: 'Her mother says so.' };

/** Where it is told: through the house, so that every answer is judged. */
type Turning = Pick<Telling, 'house' | 'coverage' | 'chance' | 'log'> & { readonly tandem: Tandem };

/** Tells what comes in the way, one after the other; at the end the person is forgotten. */
export class Turned {
  private readonly write: Write;

  constructor(
    private readonly parts: Turning,
    private readonly way: UnderWay,
  ) {
    this.write = writes(parts.tandem);
  }

  async all(): Promise<void> {
    await this.unconsented();
    await this.reflecting();
    await this.doubtful();
    await this.dangerous();
    await this.withoutOperator();
    await this.withoutManager();
    await this.outdated();
    await this.closed();
    await this.forgotten();
  }

  /** She takes back all that she agreed to, and says yes again before the house has acted on it. */
  private async unconsented(): Promise<void> {
    const { path, consents } = this.way;
    await this.meanwhile(async () => {
      for (const id of consents.keys()) await this.write(LEADER, `${path}/consents/${id}/withdrawal`, { by: 'PERSON' });
      await this.tryAll('consent-missing');
      for (const consent of consents.values()) await this.write(LEADER, `${path}/consents`, consent);
    });
  }

  private async reflecting(): Promise<void> {
    const period = `${await this.way.pathOf(COORDINATOR)}/reflection-period`;
    await this.write(COORDINATOR, `${period}/start`);
    await this.tryAll('reflection-running');
    // Nobody but she and who leads her case knows that she went by herself.
    if (this.way.steps.some(({ target }) => target.endsWith('/information'))) await this.parts.tandem.as(COORDINATOR).post(`${period}/end`, { reason: 'PERSON_RETURNED' });
    await this.write(LEADER, `${this.way.path}/reflection-period/end`, { reason: 'PERSON_REQUEST' });
  }

  /** Her age is disputed, and a word does not end that. */
  private async doubtful(): Promise<void> {
    const age = (ageStatus: string, more: object = {}) => this.parts.tandem.as(LEADER).post(`${this.way.path}/age`, { ageBand: '26-40', ageStatus, ...more });
    done(await age('DISPUTED'));
    await this.tryAll('not-yet-supported');
    await age('CLAIMED');
    await this.parts.tandem.as({ organisation: LEADER, actor: 'system', human: false }).post(`${this.way.path}/age`, { ageBand: '26-40', ageStatus: 'DOCUMENTED', evidence: 'passport' });
    await this.parts.tandem.as(LEADER).post(`${this.way.path}/majority`);
    done(await age('DOCUMENTED', { evidence: 'passport' }));
  }

  /** Too dangerous to go, and then not any more. */
  private async dangerous(): Promise<void> {
    const assess = (risk: object) => this.write(LEADER, `${this.way.path}/risk-assessments`, risk);
    await assess({ ...returnRisk('SENDING', 1), answers: deadly(RETURNING) });
    await this.tryAll('return-risk-critical');
    await assess(returnRisk('SENDING', 3));
    await this.tryAll('return-risk-high');
    await assess(returnRisk('SENDING', 1));
  }

  /** What one person overrides, that person neither approves nor checks. */
  async overridden(): Promise<void> {
    await this.write(LEADER, `${this.way.path}/risk-assessments`, returnRisk('SENDING', 3));
    const [override, approval] = [this.stepTo('risk-override'), this.stepTo('approval')];
    await this.write({ organisation: TRAVEL, actor: IN_TWO_HOUSES }, override.target, override.body);
    await this.parts.tandem.as({ organisation: COORDINATOR, actor: IN_TWO_HOUSES }).post(approval.target, approval.body);
    await this.write(COORDINATOR, approval.target, approval.body);
    const check = override.target.replace('risk-override', 'pre-departure-check');
    await this.parts.tandem.as({ organisation: TRAVEL, actor: IN_TWO_HOUSES }).post(check, CHECK);
  }

  /** Who organises the journey is suspended for a while. */
  private async withoutOperator(): Promise<void> {
    const { store, directory } = this.parts.tandem.engines;
    await suspend(store, TRAVEL, 'OWN_REQUEST', REGISTRAR, this.parts.tandem.now);
    await directory.catchUp();
    await this.tryAll('recipient-unknown', this.way.steps.filter(({ who }) => who.organisation !== TRAVEL));
    await reinstate(store, TRAVEL, REGISTRAR, this.parts.tandem.now);
    await directory.catchUp();
  }

  /** Who is to take her over may not lead a case any more, and then may again. */
  private async withoutManager(): Promise<void> {
    const { store, directory } = this.parts.tandem.engines;
    const handovers = this.way.steps.filter(({ target }) => target.endsWith('/handover'));
    const home = directory.get(HOME);
    if (home === undefined || handovers.length === 0) return;
    const { status: _status, version: _version, ...entry } = home;
    await register(store, { ...entry, roles: entry.roles.filter((role) => role !== 'CM') }, REGISTRAR, this.parts.tandem.now);
    await directory.catchUp();
    await this.tryAll('not-a-case-manager', handovers);
    await register(store, { ...entry, name: `${entry.name} 2` }, REGISTRAR, this.parts.tandem.now);
    await directory.catchUp();
  }

  /** Days pass over what has to be looked at again. */
  private async outdated(): Promise<void> {
    const { path } = this.way;
    const { assessmentId } = await this.write(LEADER, `${path}/risk-assessments`, fullRisk('INITIAL', 2));
    const closure = await this.proposed();
    await this.write(LEADER, `${path}/risk-assessments/causes`, { cause: 'NEW_THREAT' });
    await this.parts.tandem.pass(DAY - 2 * HOUR);
    // She is looked at once more before she leaves, and her danger is not.
    for (const { who, target } of this.way.steps.filter((one) => one.target.endsWith('/departure'))) await this.parts.tandem.as(who).post(target.replace('departure', 'pre-departure-check'), CHECK);
    await this.parts.tandem.pass(DAY + 4 * HOUR);
    const supervisor = this.parts.tandem.as(HEAD);
    await supervisor.post(`${closure}/approval`);
    await supervisor.post(`${path}/risk-assessments/${String(assessmentId)}/protective-factors`, { reason: 'Her sister moved in.' });
    await this.write(HEAD, `${closure}/rejection`, { reason: 'Too early.' });
    await this.parts.tandem.as(LEADER).post(`${path}/closure`, CLOSING);
    await this.tryAll('risk-expired');
    await this.parts.tandem.pass(3 * DAY);
    await this.tryAll('pre-departure-check-old');
  }

  /** She is thought dead, and is not: what was under way goes on, for the house had not ended it yet. */
  private async closed(): Promise<void> {
    await this.write(LEADER, `${this.way.path}/risk-assessments`, fullRisk('REVIEW', 1));
    const closure = await this.proposed();
    await this.meanwhile(async () => {
      await this.write(HEAD, `${closure}/approval`);
      await this.tryAll('case-closed');
      await this.write(LEADER, `${this.way.path}/reopening`, { reason: 'ERROR' });
    });
  }

  private async proposed(): Promise<string> {
    const { proposalId } = await this.write(LEADER, `${this.way.path}/closure`, CLOSING);
    return `${this.way.path}/closure/${String(proposalId)}`;
  }

  /** She wants to be forgotten; it is ordered, and not carried out yet. */
  private async forgotten(): Promise<void> {
    const { path } = this.way;
    const officers = (step: string, body: object): Step => ({ who: OFFICER, target: `${path}/${step}`, body });
    const order = officers('erasure', { reason: 'PERSON_REQUEST' });
    const late = [
      await offered(this.parts.tandem, this.write, path),
      officers('legal-hold', { ground: 'LEGAL_CLAIM' }), officers('risk-assessments/causes', { cause: 'NEW_THREAT' }),
      officers('withdrawals', { purpose: 'ALL', by: 'PERSON', medium: 'PHONE', words: 'Enough.' }),
    ];
    await this.meanwhile(async () => {
      const key = this.parts.chance.uuid();
      await this.send(order, key);
      await this.send({ ...order, body: { reason: 'RECORDED_IN_ERROR' } }, key);
      await this.tryAll('person-erased', [...this.way.steps, ...late]);
    });
    await this.parts.tandem.settled();
  }

  /** While the house sees nothing of what is told, it does nothing about it. */
  private async meanwhile(happens: () => Promise<void>): Promise<void> {
    this.parts.log.hold();
    try {
      await happens();
    } finally {
      this.parts.log.release();
    }
  }

  private stepTo(last: string): Step {
    const found = this.way.steps.find(({ target }) => target.endsWith(`/${last}`));
    if (found === undefined) throw new Error(`nothing waits for ${last}`);
    return found;
  }

  /** Every step that may be refused with this code, and was not yet. */
  private async tryAll(code: string, steps = this.way.steps): Promise<void> {
    const { house, coverage, chance } = this.parts;
    for (const step of steps) {
      const missing = coverage.missingOf(house.operationAt('post', step.target));
      if (missing.some((one) => one.code === code)) await this.send(step, chance.uuid());
    }
  }

  private async send({ who, target, body }: { who: As; target: string; body: object }, key: string): Promise<void> {
    await this.parts.house.send(this.parts.house.operationAt('post', target), { who, target, headers: writeHeaders(key), text: JSON.stringify(body) });
  }
}
