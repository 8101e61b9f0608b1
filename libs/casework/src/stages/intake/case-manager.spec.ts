import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { NEW_ID, NOW, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE, under } from '../../../../../test/support/reference.js';
import { translate } from './intake.notify.js';

const COORDINATOR = { organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1' } as const;
const PUNTE = { organisation: 'asociatia-punte', role: 'CM', actor: 'worker-7' } as const;
const OFFER = '00000000-0000-4000-8000-0000000000e1';
const REPLY_BY = '2026-03-11T22:00:00.000Z';
const assign = (manager: string, more: object = {}) => ({ type: 'AssignCaseManager', body: { manager, ...more } });
const accept = { type: 'AcceptCaseManagement', body: { offerId: OFFER, worker: 'w-7' } };
const decline = { type: 'DeclineCaseManagement', body: { offerId: OFFER, reason: 'NO_CAPACITY' } };
const offered: Given = { type: 'CaseManagementOffered', data: { manager: 'asociatia-punte', offerId: OFFER, replyBy: REPLY_BY } };
const led: Given = { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } };
const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'GOALS_MET', unmetNeeds: [] } };

const running = ({ engagements }: CaseFacts) =>
  engagements.filter((e) => e.until === undefined).map(({ organisation, role, scope }) => `${organisation} ${role} ${scope}`);

describe('an organisation that is asked to lead', () => {
  it('is an active case manager of the directory, and is offered the case for a working day', () => {
    given(...notified()).when(assign('asociatia-punte', { worker: 'w-1' }), COORDINATOR).then({
      type: 'CaseManagementOffered', data: { manager: 'asociatia-punte', worker: 'w-1', offerId: NEW_ID, replyBy: REPLY_BY },
    });
    given(...notified()).when(assign('clinica-aurora'), COORDINATOR).thenRejects('not-a-case-manager');
    given(...notified()).when(assign('casa-inchisa'), COORDINATOR).thenRejects('not-a-case-manager');
    given(...notified()).when(assign('casa-lumina'), COORDINATOR).thenNothing();
    given(...notified(), offered).when(assign('asociatia-punte'), COORDINATOR).thenNothing();
  });

  it('answers within what the policy of the case says', () => {
    const [event] = given(...notified()).when({ type: 'AssignCaseManager', body: { manager: 'asociatia-punte' } }, { reference: under({ 'case_manager.reply': { hours: 2 } }) }).decided();
    expect(event?.data).toMatchObject({ replyBy: '2026-03-10T11:00:00.000Z' });
  });

  it('sees an offer, while who led goes on leading', () => {
    const { facts } = given(...notified(), led, offered).state;
    expect(running(facts)).toEqual(['casa-lumina CM FULL', 'asociatia-punte CM OFFER']);
    expect(facts.assistance).toBe('ACTIVE');
  });

  it('leads from its acceptance on; who led keeps what it notified', () => {
    const acceptance = [
      { type: 'CaseManagementAccepted', data: { offerId: OFFER, manager: 'asociatia-punte' } },
      { type: 'CaseManagerAssigned', data: { manager: 'asociatia-punte', worker: 'w-7' } },
    ];
    given(...notified(), led, offered).when(accept, PUNTE).then(...acceptance);
    expect(running(given(...notified(), led, offered, ...acceptance).state.facts)).toEqual(['casa-lumina CM OWN', 'asociatia-punte CM FULL']);
    given(...notified(), led, offered, ...acceptance).when(accept, PUNTE).thenRejects('wrong-state');
  });

  it('accepts in person, once, what was offered to it and to nobody else', () => {
    const asked = given(...notified(), led, offered);
    asked.when(accept, { ...PUNTE, human: false }).thenRejects('human-required');
    asked.when(accept, { ...PUNTE, role: 'SP' }).thenRejects('role-not-allowed');
    asked.when(accept).thenRejects('not-found');
    asked.when({ ...accept, body: { offerId: 'another' } }, PUNTE).thenRejects('not-found');
    given(...notified(), led).when(accept, PUNTE).thenRejects('not-found');
  });

  it('may decline, for a reason, and then sees nothing', () => {
    const declined = { type: 'CaseManagementDeclined', data: { offerId: OFFER, manager: 'asociatia-punte', reason: 'NO_CAPACITY' } };
    given(...notified(), led, offered).when(decline, PUNTE).then(declined);
    expect(running(given(...notified(), led, offered, declined).state.facts)).toEqual(['casa-lumina CM FULL']);
    given(...notified(), led, offered, declined).when(accept, PUNTE).thenRejects('wrong-state');
  });

  it('is not asked any more once another is, the case is closed, or somebody else took it', () => {
    const another = { type: 'CaseManagementOffered', data: { manager: 'rifugio-ponte', offerId: 'e2', replyBy: REPLY_BY } };
    const taken = { type: 'CaseManagerAssigned', data: { manager: 'rifugio-ponte' } };
    for (const end of [another, closed, taken]) {
      const after = given(...notified(), led, offered, end);
      expect(running(after.state.facts).filter((line) => line.startsWith('asociatia-punte'))).toEqual([]);
      after.when(accept, PUNTE).thenRejects(end === another ? 'not-found' : 'wrong-state');
    }
    given(...notified(), led, offered, closed, { type: 'CaseReopened', data: { reason: 'NEW_NEED' } }).when(accept, PUNTE).thenRejects('wrong-state');
  });
});

describe('who leads', () => {
  it('needs no acceptance of its own', () => {
    const own = { organisation: 'asociatia-punte', role: 'CP_AUTH' } as const;
    given(...notified()).when(assign('asociatia-punte'), own).then({ type: 'CaseManagerAssigned', data: { manager: 'asociatia-punte' } });
  });

  it('is not chosen by whoever led once', () => {
    const moved = { type: 'CaseManagerAssigned', data: { manager: 'asociatia-punte' } };
    given(...notified(), led, moved).when(assign('casa-lumina')).thenRejects('role-not-allowed');
    given(...notified(), led).when(assign('asociatia-punte')).then({
      type: 'CaseManagementOffered', data: { manager: 'asociatia-punte', offerId: NEW_ID, replyBy: REPLY_BY },
    });
  });
});

describe('an offer', () => {
  const view = (organisation: string, scope: 'OFFER' | 'OWN' | 'FULL', ...more: readonly Given[]) =>
    caseWorkflow.view(given(...notified({ danger: true, interpreterNeeded: true }), led, offered, ...more).state, { organisation, scope })['intake'];

  it('shows what may be told before anything is agreed, to who is asked and to who works on the case', () => {
    const shown = {
      offer: {
        offerId: OFFER, manager: 'asociatia-punte', replyBy: REPLY_BY, danger: true, region: 'RO32', ageBand: '18-25', underMinorRules: false,
        interpreterNeeded: true, raisedRisk: true,
      },
    };
    expect(view('asociatia-punte', 'OFFER')).toEqual(shown);
    expect(view('casa-lumina', 'FULL')).toEqual(shown);
    expect([view('clinica-aurora', 'OFFER'), view('casa-lumina', 'OWN'), view('asociatia-punte', 'OFFER', closed)]).toEqual([{}, {}, {}]);
  });

  it('says that staff must be prepared where the risk is high, and not which level it has', () => {
    const quiet = [...notified(), led, offered];
    const risk = (overall: string): Given => ({
      type: 'RiskAssessed',
      data: { assessmentId: 'r', purpose: 'INITIAL', form: 'FULL', overall, redFlag: false, coreComplete: true, validUntil: '2027-01-01T00:00:00.000Z', provisional: true },
    });
    const raised = (...more: readonly Given[]) =>
      (caseWorkflow.view(given(...quiet, ...more).state, { organisation: 'asociatia-punte', scope: 'OFFER' })['intake'] as { offer: { raisedRisk: boolean } }).offer.raisedRisk;
    expect([raised(), ...['MEDIUM', 'HIGH', 'CRITICAL'].map((level) => raised(risk(level)))]).toEqual([false, false, true, true]);
  });

  it('owes an answer while it stands', () => {
    const owed = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'case-management-reply');
    expect(owed(...notified(), led, offered)).toEqual([{ name: 'case-management-reply', key: OFFER, dueAt: REPLY_BY, owedBy: { organisation: 'asociatia-punte' } }]);
    expect(owed(...notified(), led, offered, closed)).toEqual([]);
    expect(owed(...notified(), led, offered, { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } })).toEqual([]);
  });

  it('is told to who is asked, and its end to who did not end it', () => {
    const told = (before: readonly Given[], event: Given, organisation: string) => {
      const after = given(...before, event).state.facts;
      const recorded = { ...event, stream: 'case-1', metadata: { organisation, recordedAt: NOW } };
      return translate(recorded as never, given(...before).state.facts, after);
    };
    const asked = [...notified(), led];
    expect(told(asked, offered, 'centrul-coordonare')).toEqual([{ recipient: 'asociatia-punte', thing: OFFER, replyBy: REPLY_BY, recall: false }]);
    const declined = { type: 'CaseManagementDeclined', data: { offerId: OFFER, manager: 'asociatia-punte', reason: 'OTHER' } };
    expect(told([...asked, offered], declined, 'asociatia-punte').map(({ recipient }) => recipient)).toEqual(['casa-lumina', 'centrul-coordonare']);
    const taken = { type: 'CaseManagerAssigned', data: { manager: 'centrul-coordonare' } };
    expect(told([...asked, offered], taken, 'centrul-coordonare')).toEqual([{ recipient: 'asociatia-punte', thing: OFFER, recall: true }]);
    expect(told([...asked, offered], closed, 'casa-lumina')).toEqual([{ recipient: 'asociatia-punte', thing: OFFER, recall: true }]);
  });
});
