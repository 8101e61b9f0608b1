/** Scenarios 1 to 4 of domain.md, appendix C, as far as decisions go; and a consent that races a request. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rejection } from '#kernel';
import { CLINIC, LUMINA, NOTIFICATION, RIGHTS } from '../../../../../test/support/asked-referral.js';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { referralDataset } from './dataset.js';
import { episodeIdOf } from './slice.js';

const CHILD_PROTECTION: Who = { organisation: 'protectia-copilului', role: 'CP_AUTH' };
const SHELTER: Who = { organisation: 'protectia-copilului', role: 'SP' };
const STOP = { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' };
const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-10T15:00:00.000Z', meeting: 'at the back door' };
const START = { worker: 'W-7', agreement: 'ORAL' };
const CONSENT = { giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' };
const STRONG = ['EX-01', 'EX-02', 'CD-01', 'CD-02', 'DR-01', 'DR-10'].map((code) => ({
  code,
  answer: 'PRESENT',
  basis: 'OBSERVED',
}));

let story: Story;
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
};
const consent = (by: Who, purpose: string, recipient: string, more: object = {}): string => {
  story.does(by, 'GiveConsent', { purpose, recipient, ...CONSENT, ...more });
  return story.madeId;
};
const asks = (by: Who, recipient: string, services: readonly string[], priority = 'EMERGENCY') =>
  story.does(by, 'RequestReferral', { recipient, services, priority, dataShared: ['AGE_BAND'] });
const sees = ({ organisation }: Who): readonly string[] =>
  story.state.facts.engagements
    .filter((e) => e.organisation === organisation && e.until === undefined)
    .map(({ scope }) => scope);
const openCase = (more: object = {}): void => {
  story.does(LUMINA, 'NotifyCase', { ...NOTIFICATION, ...more });
  story.does(LUMINA, 'InformOfRights', RIGHTS);
};

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
});

it('scenario 1: an adult who shares no identity is helped, and nothing goes out before she agrees to that provider', () => {
  openCase();
  story.does(LUMINA, 'RecordBasicNeeds', { met: ['FOOD', 'SAFE_PLACE'], refused: [] });
  const answers = {
    mode: 'OBSERVATION',
    profile: 'ADULT_LABOUR',
    safeSetting: true,
    interpreterUsed: false,
    answers: STRONG,
  };
  expect(story.does(LUMINA, 'CompleteScreening', answers)[0]?.data).toMatchObject({ outcome: 'STRONG' });
  story.does(LUMINA, 'Presume', {});
  expect(codeOf(() => asks(LUMINA, 'clinica-aurora', ['MED.GEN']))).toBe('consent-missing');
  consent(LUMINA, 'REFERRAL', 'clinica-aurora');
  asks(LUMINA, 'clinica-aurora', ['MED.GEN']);
  expect(story.state.facts).toMatchObject({ identification: 'PRESUMED', identityRecorded: false });
});

it('scenario 2: a child is placed on duty, the guardian in conflict can not consent, a public one follows', () => {
  openCase({ ageBand: '14-17' });
  story.does(CHILD_PROTECTION, 'AppointGuardian', { type: 'PARENT' });
  story.does(CHILD_PROTECTION, 'FlagGuardianConflict', { guardianId: story.madeId, suspicion: 'sold her' });
  story.does(CHILD_PROTECTION, 'RecordAssent', { outcome: 'ASSENTED' });
  expect(codeOf(() => consent(LUMINA, 'REFERRAL', 'protectia-copilului', { giver: 'GUARDIAN' }))).toBe(
    'guardian-conflicted',
  );
  expect(codeOf(() => consent(LUMINA, 'REFERRAL', 'protectia-copilului'))).toBe('self-consent-by-minor');
  story.does(LUMINA, 'DiscloseWithoutConsent', {
    ground: 'CHILD_PROTECTION_DUTY',
    recipient: 'protectia-copilului',
    contents: ['SERVICE_NEED'],
    reason: 'alone tonight',
  });
  asks(LUMINA, 'protectia-copilului', ['HOUS.EMERG']);
  const placement = story.madeId;
  expect(story.passesTo('2026-03-10T09:40:00.000Z')).toEqual(['ReferralEscalated']);
  story.does(SHELTER, 'AcceptReferral', { referralId: placement, ...ACCEPTANCE });
  story.does(SHELTER, 'StartService', { episodeId: episodeIdOf(placement, 'HOUS.EMERG'), ...START });
  expect(story.owed('override-review')).toMatchObject([{ dueAt: '2026-03-11T09:00:00.000Z' }]);
  expect(codeOf(() => asks(LUMINA, 'clinica-aurora', ['PSY.COUNS'], 'URGENT'))).toBe('consent-missing');
  story.does(CHILD_PROTECTION, 'AppointGuardian', { type: 'PUBLIC' });
  consent(CHILD_PROTECTION, 'REFERRAL', 'clinica-aurora', { giver: 'PUBLIC_GUARDIAN' });
  asks(LUMINA, 'clinica-aurora', ['PSY.COUNS']);
  expect(sees(CLINIC)).toEqual(['OFFER']);
});

it('scenario 3: the first provider has no place and deletes what it received; the second takes her', () => {
  openCase();
  consent(LUMINA, 'REFERRAL', 'clinica-aurora');
  asks(LUMINA, 'clinica-aurora', ['PSY.COUNS']);
  const first = story.madeId;
  story.does(CLINIC, 'DeclineReferral', { referralId: first, reason: 'NO_CAPACITY' });
  expect(sees(CLINIC)).toEqual([]);
  expect(story.owed('deletion-confirmation')).toMatchObject([{ key: first, dueAt: '2026-03-11T09:00:00.000Z' }]);
  consent(LUMINA, 'REFERRAL', 'casa-lumina');
  asks(LUMINA, 'casa-lumina', ['PSY.COUNS']);
  const second = story.madeId;
  story.does({ organisation: 'casa-lumina', role: 'SP' }, 'AcceptReferral', { referralId: second, ...ACCEPTANCE });
  story.does(CLINIC, 'ConfirmDeletion', { referralId: first });
  expect(story.owed('deletion-confirmation')).toEqual([]);
  expect(story.events.map(({ type }) => type).slice(-3)).toEqual([
    'ReferralRequested',
    'ReferralAccepted',
    'ReceivedDataDeleted',
  ]);
});

it('scenario 4: she withdraws between acceptance and start: cancelled at once, view gone, deletion owed within 24 hours', () => {
  openCase();
  const consentId = consent(LUMINA, 'REFERRAL', 'clinica-aurora');
  asks(LUMINA, 'clinica-aurora', ['MED.GEN']);
  const referralId = story.madeId;
  story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
  expect(sees(CLINIC)).toEqual(['FULL']);
  story.does(CLINIC, 'WithdrawConsent', { consentId, by: 'PERSON' });
  expect(story.passesTo(story.now)).toEqual(['ReferralCancelled']);
  expect(story.events.at(-1)?.data).toMatchObject({ referralId, reason: 'CONSENT_WITHDRAWN' });
  expect(sees(CLINIC)).toEqual([]);
  expect(referralDataset(story.state, referralId, 'FULL')).toBeUndefined();
  expect(story.owed('deletion-confirmation')).toMatchObject([{ key: referralId, dueAt: '2026-03-11T09:00:00.000Z' }]);
  expect(
    codeOf(() => story.does(CLINIC, 'StartService', { episodeId: episodeIdOf(referralId, 'MED.GEN'), ...START })),
  ).toBe('wrong-state');
  story.does(CLINIC, 'ConfirmDeletion', { referralId });
  expect(story.owed('deletion-confirmation')).toEqual([]);
});

it('scenario 4, said to a provider that does not know what she agreed to: the same, at once', () => {
  openCase();
  consent(LUMINA, 'REFERRAL', 'clinica-aurora');
  asks(LUMINA, 'clinica-aurora', ['MED.GEN']);
  const referralId = story.madeId;
  story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
  story.does({ organisation: 'asociatia-punte', role: 'SP' }, 'StateWithdrawal', STOP);
  expect(story.passesTo(story.now)).toEqual(['ReferralCancelled']);
  expect(sees(CLINIC)).toEqual([]);
  expect(story.owed('deletion-confirmation')).toMatchObject([{ key: referralId, dueAt: '2026-03-11T09:00:00.000Z' }]);
});

it('said while a service runs: the service ends, and what was received is deleted', () => {
  openCase();
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) consent(LUMINA, purpose, 'clinica-aurora');
  asks(LUMINA, 'clinica-aurora', ['MED.GEN']);
  const referralId = story.madeId;
  story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
  story.does(CLINIC, 'StartService', { episodeId: episodeIdOf(referralId, 'MED.GEN'), ...START });
  story.does(CLINIC, 'StateWithdrawal', STOP);
  expect(story.passesTo(story.now)).toEqual(['ServiceEnded']);
  expect(sees(CLINIC)).toEqual([]);
  expect(story.owed('deletion-confirmation')).toMatchObject([{ key: referralId }]);
});

/** Whether, right after this event, a consent or ground to the recipient was there. Told from the events alone. */
function liveAt(events: readonly { type: string }[], index: number): boolean {
  const last = events
    .slice(0, index)
    .findLast(({ type }) => type === 'ConsentGiven' || type === 'ConsentWithdrawn' || type === 'WithdrawalStated');
  return last?.type === 'ConsentGiven';
}

describe('a consent that races a request', () => {
  /** What each of them does, in this order; who goes first is drawn. */
  const ACTORS = {
    person: ['give', 'withdraw', 'give', 'stop', 'give', 'withdraw'],
    manager: ['ask', 'ask', 'cancel', 'ask'],
    provider: ['accept', 'start', 'decline', 'accept'],
    clock: ['clock', 'clock'],
  } as const;
  type Actor = keyof typeof ACTORS;
  const TURNS = (Object.keys(ACTORS) as Actor[]).flatMap((actor) => ACTORS[actor].map(() => actor));
  const stepsOf = (turns: readonly Actor[]) =>
    turns.map((actor, index) => ACTORS[actor][turns.slice(0, index).filter((other) => other === actor).length]!);
  const step: Readonly<Record<(typeof ACTORS)[Actor][number], () => unknown>> = {
    give: () => {
      if (story.state.facts.consents.every(({ withdrawnAt }) => withdrawnAt !== undefined))
        consent(LUMINA, 'REFERRAL', 'clinica-aurora');
    },
    withdraw: () => {
      const live = story.state.facts.consents.find(({ withdrawnAt }) => withdrawnAt === undefined);
      if (live !== undefined) story.does(LUMINA, 'WithdrawConsent', { consentId: live.consentId, by: 'PERSON' });
    },
    stop: () => story.does(CLINIC, 'StateWithdrawal', STOP),
    ask: () => asks(LUMINA, 'clinica-aurora', ['MED.GEN']),
    accept: () => story.does(CLINIC, 'AcceptReferral', { referralId: newest(), ...ACCEPTANCE }),
    start: () => story.does(CLINIC, 'StartService', { episodeId: episodeIdOf(newest(), 'MED.GEN'), ...START }),
    clock: () => story.passesTo(story.now),
    cancel: () => story.does(LUMINA, 'CancelReferral', { referralId: newest(), reason: 'CONSENT_WITHDRAWN' }),
    decline: () => story.does(CLINIC, 'DeclineReferral', { referralId: newest(), reason: 'NO_CAPACITY' }),
  };
  const newest = (): string => {
    const asked = story.events.findLast(({ type }) => type === 'ReferralRequested');
    return (asked?.data as { referralId?: string } | undefined)?.referralId ?? 'none';
  };

  it('never goes out or opens the case without one, in 1,000 interleavings', () => {
    let requested = 0;
    let recalled = 0;
    fc.assert(
      fc.property(fc.shuffledSubarray(TURNS, { minLength: TURNS.length }), (turns) => {
        story = new Story('2026-03-10T09:00:00.000Z');
        openCase();
        for (const name of stepsOf(turns)) codeOf(step[name]);
        story.events.forEach(({ type }, index) => {
          if (type === 'ReferralRequested' || type === 'ReferralAccepted')
            expect(liveAt(story.events, index)).toBe(true);
        });
        story.passesTo(story.now);
        requested += story.events.filter(({ type }) => type === 'ReferralRequested').length;
        recalled += story.events.filter(({ type }) => type === 'ReferralCancelled').length;
        if (!liveAt(story.events, story.events.length)) expect(sees(CLINIC)).toEqual([]);
        expect(story.passesTo(story.now)).toEqual([]);
      }),
      { numRuns: 1_000, seed: 20260310 },
    );
    expect({ requested: requested > 500, recalled: recalled > 100 }).toEqual({ requested: true, recalled: true });
  });
});
