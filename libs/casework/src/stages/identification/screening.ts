/**
 * Rights information, and screening with the indicator catalogue: one command with all answers, scored while it is
 * decided. Source: domain.md 2.2 A4, A6, 3.1, 12.1, INV-7.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import { type AnsweredIndicator, proposedOutcome, type Role, type ScreeningOutcome, type ScreeningProfile } from '#mechanism';
import { liveConsent } from '../../shared/consents.js';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { restsOnProvisional } from '../../shared/provisional.js';
import { type CaseWorld, type CommandTable, type EventTable } from '../../shared/world.js';
import type { IdentificationSlice } from './slice.js';

export const RIGHTS_MEDIA = ['ORAL', 'WRITTEN', 'EASY_LANGUAGE', 'SIGN_LANGUAGE'] as const;
export type RightsMedium = (typeof RIGHTS_MEDIA)[number];
export const ACKNOWLEDGEMENTS = ['SIGNED', 'MARK', 'REFUSED_WITNESSED'] as const;
export type Acknowledgement = (typeof ACKNOWLEDGEMENTS)[number];
/** OBSERVATION: the person does not talk, or does not want to; answers rest on what others see, hold or tell. */
export const SCREENING_MODES = ['INTERVIEW', 'OBSERVATION'] as const;
export type ScreeningMode = (typeof SCREENING_MODES)[number];

export interface InformOfRights {
  sheetVersion: string;
  media: readonly RightsMedium[];
  acknowledgement: Acknowledgement;
  language: Personal<string, 'contact'>;
  /** Who witnessed, where the signed sheet lies. */
  evidence?: Personal<string, 'evidence'>;
}
export interface CompleteScreening {
  mode: ScreeningMode;
  profile: ScreeningProfile;
  /** Private, and nobody there whom the person may fear. */
  safeSetting: boolean;
  interpreterUsed: boolean;
  answers: Personal<readonly AnsweredIndicator[], 'assessment'>;
}
export interface RecordNotNow {
  /** When to ask again. */
  until: string;
}

/** The person was told of rights in a way the person follows. Not: that the person agreed to anything. */
export type RightsInformed = Clear<InformOfRights>;
/** All answers were scored at the catalogue version in the metadata. Not: that anyone decided anything (INV-7). */
export type ScreeningCompleted = Clear<CompleteScreening> & {
  screeningId: string;
  outcome: ScreeningOutcome;
  /** The rule or the weights are not confirmed by their source (R-10, O-5). */
  provisional: boolean;
};
/** The person said "not now": the screening clock stands until then. Not: a refusal, nor a breach of the limit. */
export type ScreeningPostponed = RecordNotNow;

export interface ScreeningCommands {
  InformOfRights: InformOfRights;
  CompleteScreening: CompleteScreening;
  RecordNotNow: RecordNotNow;
}
export interface ScreeningEvents {
  RightsInformed: RightsInformed;
  ScreeningCompleted: ScreeningCompleted;
  ScreeningPostponed: ScreeningPostponed;
}

/** domain.md 2.2 A4: every institution in contact screens, with trained staff. */
export const SCREENERS: readonly Role[] = [
  'DETECT', 'CM', 'SP', 'LE', 'LAB', 'BORDER', 'IMM', 'CONS', 'HEALTH', 'CP_AUTH', 'NRM_COORD', 'ID_AUTH', 'RET_ORG',
];

function checkProfile(profile: ScreeningProfile, facts: CaseFacts): void {
  if (profile.startsWith('CHILD_') === underMinorRules(facts)) return;
  throw new Rejection('rule-broken', 'profile-does-not-fit-age', 'the profile must fit the age rules that apply');
}

function checkSetting({ mode, safeSetting, answers }: CompleteScreening, { facts, now }: Context<CaseWorld>): void {
  if (mode === 'OBSERVATION') {
    if (!answers.some(({ basis }) => basis === 'STATED')) return;
    throw new Rejection('rule-broken', 'stated-without-interview', 'an observation holds no statements of the person');
  }
  if (!safeSetting) throw new Rejection('rule-broken', 'setting-not-safe', 'no interview where the person is not safe');
  if (liveConsent(facts, 'INTERVIEW', undefined, now) !== undefined) return;
  throw new Rejection('rule-broken', 'consent-missing', 'no live consent for INTERVIEW; observation needs none', { purpose: 'INTERVIEW' });
}

function checkAnswers(answers: readonly AnsweredIndicator[], { reference }: Context<CaseWorld>): void {
  const codes = answers.map(({ code }) => code);
  const unknown = codes.filter((code) => !reference.catalogue.has(code));
  if (unknown.length > 0) throw new Rejection('invalid', 'indicator-unknown', 'the catalogue has no such indicator', { codes: unknown });
  if (new Set(codes).size < codes.length) throw new Rejection('invalid', 'indicator-repeated', 'an indicator is answered twice');
}

/** A missing rule is never replaced silently by another. */
function outcomeOf({ profile, answers }: CompleteScreening, { reference }: Context<CaseWorld>): ScreeningOutcome {
  const outcome = proposedOutcome(reference, profile, answers);
  if (outcome !== undefined) return outcome;
  throw new Rejection('unavailable', 'identification-rule-missing', 'this build does not hold the identification rule of the policy');
}

/** She is asked again, later and not never: who forgets her can not pause her clock for years. */
function checkPause(until: string, { occurredAt, reference: { calendar, policy } }: Context<CaseWorld>): void {
  if (until <= occurredAt) throw new Rejection('invalid', 'pause-over', 'the person is asked again at a later moment', { fields: ['/until'] });
  const latest = calendar.due(occurredAt, policy.values['screening.not_now_max']);
  if (until > latest) throw new Rejection('rule-broken', 'pause-too-long', 'the person is asked again sooner', { fields: ['/until'], latest });
}

export const screeningCommands: CommandTable<IdentificationSlice, ScreeningCommands, ScreeningEvents> = {
  InformOfRights: {
    when: {
      by: [...SCREENERS, 'LEGAL', 'PROS'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'interpreter-where-needed'],
      otherwise: 'who refuses to sign was told orally, before a witness',
    },
    decide({ language: _sealed, evidence, ...clear }, slice) {
      if (clear.acknowledgement === 'REFUSED_WITNESSED' && evidence === undefined) {
        throw new Rejection('rule-broken', 'witness-missing', 'a refusal to sign is witnessed');
      }
      if (slice.sheetVersion === clear.sheetVersion) return [];
      return [{ type: 'RightsInformed', data: clear, seals: evidence === undefined ? ['contact'] : ['contact', 'evidence'] }];
    },
  },
  CompleteScreening: {
    when: {
      by: SCREENERS,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person'],
      limit: 'screening.limit',
      otherwise: 'who refuses the interview can be screened on observation only',
    },
    decide(body, _slice, context) {
      const { answers, ...clear } = body;
      const { catalogue } = context.reference;
      checkProfile(body.profile, context.facts);
      checkSetting(body, context);
      checkAnswers(answers, context);
      const provisional = !catalogue.verified || restsOnProvisional(context.reference, 'id.rule');
      const outcome = outcomeOf(body, context);
      return [{ type: 'ScreeningCompleted', data: { ...clear, screeningId: context.newId, outcome, provisional }, seals: ['assessment'] }];
    },
  },
  RecordNotNow: {
    when: {
      by: [...SCREENERS, 'LEGAL', 'PERSON'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person'],
      limit: 'screening.not_now_max',
      otherwise: 'pauses the screening clock without a breach (R-5); then it runs again, and she is asked again',
    },
    decide({ until }, _slice, context) {
      const moment = new Date(until).toISOString();
      checkPause(moment, context);
      return [{ type: 'ScreeningPostponed', data: { until: moment } }];
    },
  },
};

export const screeningEvents: EventTable<IdentificationSlice, ScreeningEvents> = {
  RightsInformed: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data }) => ({ ...slice, sheetVersion: data.sheetVersion }),
    promote: (facts, { metadata: { occurredAt } }) => ({ ...facts, rightsInformed: true, rightsInformedAt: facts.rightsInformedAt ?? occurredAt }),
  },
  ScreeningCompleted: {
    schema: 1,
    sensitivity: 3,
    evolve(slice, { data: { screeningId, outcome, provisional } }) {
      return { ...slice, screenings: [...slice.screenings, { screeningId, outcome, provisional }] };
    },
  },
  ScreeningPostponed: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data, metadata }) => ({ ...slice, pauses: [...slice.pauses, { from: metadata.occurredAt, until: data.until }] }),
  },
};
