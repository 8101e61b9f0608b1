/**
 * Who speaks for a minor. A guardian suspected of involvement is barred at once; another one follows; protection waits for
 * neither. Source: domain.md 8.2, 12 INV-16, 12.1 R-4, Directive 2011/36/EU art. 14(2), 16(3).
 */
import { type Clear, type Personal, Rejection } from '#kernel';
import { byAnother, spokenUntil } from '../../shared/consents.js';
import { type CaseFacts, type Guardian, underMinorRules } from '../../shared/facts.js';
import { withAge } from '../../shared/kept.js';
import { caseStage, unchanged } from '../../shared/world.js';
import { type GuardianshipSlice, guardiansSpeak, reaskDuties, watchDuties } from './majority.js';

export const GUARDIAN_TYPES = ['PARENT', 'RELATIVE', 'APPOINTED', 'PUBLIC'] as const;
export type GuardianType = (typeof GUARDIAN_TYPES)[number];

export interface AppointGuardian {
  type: GuardianType;
  /** Organisation through which the guardian acts, where there is one. */
  organisation?: string;
  /** Name and reach of a guardian who is a private person. */
  name?: Personal<string, 'identity'>;
  contact?: Personal<string, 'contact'>;
  /** Decision or document of the mandate. */
  mandate?: Personal<string, 'evidence'>;
}
export interface FlagGuardianConflict {
  guardianId: string;
  suspicion: Personal<string, 'narrative'>;
}
export interface ReplaceGuardian extends AppointGuardian {
  guardianId: string;
}
export type RecordMajority = Record<never, never>;

/** Someone may lawfully speak for the minor. Not: that the child trusts them, nor a consent. */
export type GuardianAppointed = Clear<AppointGuardian> & { guardianId: string };
/** This guardian can not consent any more. Not: that the suspicion is proven. */
export type GuardianConflictFlagged = Clear<FlagGuardianConflict>;
/** Another speaks for the minor instead. Not: that what the former consented to is undone. */
export type GuardianReplaced = GuardianAppointed & { replaces: string };
/** The person is 18: guardians speak no longer, and their consents open nothing new. Not: the end of any service. */
export interface MajorityReached {
  /**
   * A sealed date of birth says so, and nobody else did. The day is none of the log's: it came up to
   * `majority.birthday` days before.
   */
  by?: 'BIRTHDAY';
}

export interface GuardianshipCommands {
  AppointGuardian: AppointGuardian;
  FlagGuardianConflict: FlagGuardianConflict;
  ReplaceGuardian: ReplaceGuardian;
  RecordMajority: RecordMajority;
}
export interface GuardianshipEvents {
  GuardianAppointed: GuardianAppointed;
  GuardianConflictFlagged: GuardianConflictFlagged;
  GuardianReplaced: GuardianReplaced;
  MajorityReached: MajorityReached;
}

function sealed({ name, contact, mandate }: AppointGuardian) {
  const seals = [
    ...(name === undefined ? [] : (['identity'] as const)),
    ...(contact === undefined ? [] : (['contact'] as const)),
    ...(mandate === undefined ? [] : (['evidence'] as const)),
  ];
  return seals.length > 0 ? { seals } : {};
}

function clearOf({ type, organisation }: AppointGuardian): Clear<AppointGuardian> {
  return organisation === undefined ? { type } : { type, organisation };
}

function known(facts: CaseFacts, guardianId: string): Guardian {
  const guardian = facts.guardians.find((g) => g.guardianId === guardianId);
  if (guardian === undefined) throw new Rejection('unknown', 'not-found', 'there is no such guardian in this case');
  return guardian;
}

function asGuardian({ guardianId, type, organisation }: GuardianAppointed): Guardian {
  return { guardianId, type, conflicted: false, ...(organisation === undefined ? {} : { organisation }) };
}

/** A consent does not say which guardian gave it: each that this one may have given opens nothing new until it is given anew. */
function distrusted(facts: CaseFacts, guardianId: string, at: string): CaseFacts['consents'] {
  const type = facts.guardians.find((g) => g.guardianId === guardianId)?.type;
  const giver = type === 'PUBLIC' ? 'PUBLIC_GUARDIAN' : 'GUARDIAN';
  return spokenUntil(facts.consents, (consent) => consent.giver === giver, at);
}

export const guardianship = caseStage<GuardianshipSlice, GuardianshipCommands, GuardianshipEvents>({
  name: 'guardianship',
  initial: {},
  commands: {
    AppointGuardian: {
      when: {
        by: ['CP_AUTH'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'under-minor-rules', 'by-a-person'],
        otherwise: 'emergency protection rests on child-protection duty meanwhile (R-4)',
      },
      decide(body, _slice, { newId }) {
        return [{ type: 'GuardianAppointed', data: { ...clearOf(body), guardianId: newId }, ...sealed(body) }];
      },
    },
    FlagGuardianConflict: {
      when: {
        by: ['CM', 'DETECT', 'SP', 'LE', 'PROS', 'CP_AUTH', 'NRM_COORD', 'LEGAL', 'HEALTH', 'CONS'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
        otherwise: 'bars at once; who is wronged by it is replaced or appointed anew',
      },
      decide({ guardianId }, _slice, { facts }) {
        if (known(facts, guardianId).conflicted) return [];
        return [{ type: 'GuardianConflictFlagged', data: { guardianId }, seals: ['narrative'] }];
      },
    },
    ReplaceGuardian: {
      when: {
        by: ['CP_AUTH'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'under-minor-rules', 'by-a-person'],
        otherwise: 'the former guardian stays barred where a conflict was flagged',
      },
      decide(body, _slice, { facts, newId }) {
        const replaces = known(facts, body.guardianId).guardianId;
        return [{ type: 'GuardianReplaced', data: { ...clearOf(body), guardianId: newId, replaces }, ...sealed(body) }];
      },
    },
    RecordMajority: {
      when: {
        by: ['CM', 'CP_AUTH', 'SP', 'CLOCK'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
        limit: 'majority.reask',
        otherwise: 'running services go on and are re-asked',
      },
      decide(_body, { reached }, { facts, occurredAt, role }) {
        const known = reached !== undefined || !guardiansSpeak(facts, occurredAt);
        if (!underMinorRules(facts) && known) return [];
        if (facts.ageStatus === 'DOCUMENTED') return [{ type: 'MajorityReached', data: role === 'CLOCK' ? { by: 'BIRTHDAY' } : {} }];
        throw new Rejection('rule-broken', 'age-needs-document', 'minor rules end with a document or an assessment, never with a claim');
      },
    },
  },
  events: {
    GuardianAppointed: {
      schema: 1,
      sensitivity: 2,
      evolve: unchanged,
      promote: (facts, { data }) => ({ ...facts, guardians: [...facts.guardians, asGuardian(data)] }),
    },
    GuardianConflictFlagged: {
      schema: 1,
      sensitivity: 3,
      evolve: unchanged,
      promote: (facts, { data, metadata }) => ({
        ...facts,
        guardians: facts.guardians.map((g) => (g.guardianId === data.guardianId ? { ...g, conflicted: true } : g)),
        consents: distrusted(facts, data.guardianId, metadata.occurredAt),
      }),
    },
    GuardianReplaced: {
      schema: 1,
      sensitivity: 2,
      evolve: unchanged,
      promote: (facts, { data }) => ({
        ...facts,
        guardians: [...facts.guardians.filter((g) => g.guardianId !== data.replaces), asGuardian(data)],
      }),
    },
    MajorityReached: {
      schema: 1,
      sensitivity: 2,
      evolve: (_slice, { data: { by }, metadata }) => ({ reached: { at: metadata.occurredAt, ...(by === undefined ? {} : { by }) } }),
      promote(facts, { metadata: { occurredAt } }) {
        const consents = spokenUntil(facts.consents, byAnother, occurredAt);
        return withAge({ ...facts, consents, ageBand: underMinorRules(facts) ? '18-25' : facts.ageBand, guardians: [], majorityDays: [] }, occurredAt);
      },
    },
  },
  duties(slice, facts, reference) {
    const open = facts.assistance === 'OPEN_INTAKE' || facts.assistance === 'ACTIVE';
    const reask = [...reaskDuties(slice, facts, reference), ...watchDuties(facts)];
    if (!open || facts.erasure !== 'NONE' || !underMinorRules(facts) || facts.guardians.some((g) => !g.conflicted)) return reask;
    return [...reask, { name: 'guardian-appointment', key: 'case', dueAt: facts.notifiedAt, owedBy: { role: 'CP_AUTH' } }];
  },
});
