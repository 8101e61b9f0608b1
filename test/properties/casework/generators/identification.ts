import { underMinorRules } from '#casework';
import { INDICATOR_ANSWERS } from '#mechanism';
import type { Generator } from '../story.js';
import { CHILD_PROTECTION, COORDINATOR, POLICE, SHELTER, SUPERVISOR, isOpen, owing, secret, takesFacts } from './who.js';

const INDICATORS = ['DR-01', 'DR-10', 'CR-02', 'RV-15', 'EX-01', 'EX-09', 'CD-01', 'CD-02', 'VD-01'] as const;

export const identification: readonly Generator[] = [
  {
    command: 'InformOfRights',
    weight: 3,
    likely: ({ facts }) => takesFacts(facts) && !facts.rightsInformed,
    make: ({ draw }) => ({
      by: SHELTER,
      body: {
        sheetVersion: draw.pick(['2026-1', '2026-2']), media: ['ORAL', 'WRITTEN'], acknowledgement: draw.pick(['SIGNED', 'MARK', 'REFUSED_WITNESSED']),
        language: secret('language'), ...draw.maybe(50, 'evidence', () => secret('witness')),
      },
    }),
  },
  {
    command: 'CompleteScreening',
    weight: 2,
    likely: ({ facts }) => isOpen(facts),
    make({ facts, draw }) {
      const age = underMinorRules(facts) === draw.chance(95) ? 'CHILD' : 'ADULT';
      const answers = draw.some(INDICATORS, 9).map((code) => ({ code, answer: draw.pick(INDICATOR_ANSWERS), basis: draw.pick(['OBSERVED', 'DOCUMENT']) }));
      return {
        by: SHELTER,
        body: {
          mode: draw.pick(['INTERVIEW', 'OBSERVATION']), profile: `${age}_${draw.pick(['LABOUR', 'SEXUAL'])}`, safeSetting: draw.chance(90),
          interpreterUsed: false, answers,
        },
      };
    },
  },
  {
    command: 'RecordNotNow',
    likely: ({ facts }) => isOpen(facts) && facts.identification === 'POTENTIAL',
    make: ({ draw, hours }) => ({ by: SHELTER, body: { until: hours(draw.below(100)) } }),
  },
  {
    command: 'Presume',
    weight: 2,
    likely: ({ facts }) => isOpen(facts) && (facts.identification === 'POTENTIAL' || facts.identification === 'RECONSIDERATION'),
    make: ({ draw }) => ({
      by: draw.pick([SHELTER, { ...SHELTER, human: false }, POLICE]),
      body: { ...draw.maybe(60, 'grounds', () => secret('grounds')) },
    }),
  },
  {
    command: 'ScreenOut',
    weight: 2,
    likely: ({ facts, slice }) =>
      isOpen(facts) && facts.identification === 'POTENTIAL' && (slice('identification') as { screenings: readonly unknown[] }).screenings.length > 0,
    make: ({ draw }) => ({ by: SHELTER, body: { reason: draw.pick(['NO_INDICATION', 'OTHER_VULNERABILITY']), ledToOtherProtection: true } }),
  },
  {
    command: 'RequestFormalIdentification',
    weight: 9,
    likely: ({ facts }) => isOpen(facts) && (facts.identification === 'PRESUMED' || facts.identification === 'PRESUMED_DECLINED'),
    make: ({ draw }) => ({ by: SHELTER, body: { authority: draw.pick(['politia-exemplu', 'politia-exemplu', 'parchetul-exemplu', 'clinica-aurora']) } }),
  },
  {
    command: 'DeclineFormalIdentification',
    likely: ({ facts }) => takesFacts(facts) && facts.identification === 'PRESUMED',
    make: () => ({ by: SHELTER, body: { reason: 'FEAR' } }),
  },
  {
    command: 'RecordFormalDecision',
    likely: ({ facts }) => takesFacts(facts) && ['PRESUMED', 'PRESUMED_DECLINED', 'RECONSIDERATION'].includes(facts.identification),
    make: ({ draw, hours }) => ({
      by: draw.pick([POLICE, COORDINATOR, CHILD_PROTECTION]),
      body: {
        authority: draw.pick(['politia-exemplu', 'politia-exemplu', 'casa-lumina']), decision: draw.pick(['IDENTIFIED', 'REFUSED', 'REFUSED']),
        ...draw.maybe(80, 'reason', () => 'CRITERIA_NOT_MET'), ...draw.maybe(50, 'contestUntil', () => hours(720)), decisionNumber: secret('number'),
        ...draw.maybe(50, 'transnational', () => true),
        ...draw.maybe(15, 'route', () => draw.pick(['CERTIFICATE', 'COMMISSION'])),
      },
    }),
  },
  {
    command: 'AnswerFormalRequestDeletion',
    weight: 2,
    likely: ({ facts }) => owing(facts, 'FORMAL_REQUEST').length > 0,
    make({ facts, draw }) {
      const { organisation, thingId } = draw.pick(owing(facts, 'FORMAL_REQUEST'));
      return { by: { organisation, role: 'LE' }, body: { requestId: thingId, ...draw.maybe(50, 'legalProvision', () => 'RO/L363/16') } };
    },
  },
  {
    command: 'RequestReconsideration',
    weight: 2,
    likely: ({ facts }) => takesFacts(facts) && (facts.identification === 'NOT_PRESUMED' || facts.identification === 'NOT_IDENTIFIED'),
    make: ({ draw }) => ({ by: draw.pick([SHELTER, SUPERVISOR]), body: { requestedBy: 'PERSON', newInformation: secret('news'), ...draw.maybe(50, 'lateBecause', () => 'ILLNESS') } }),
  },
];
