/** Given/When/Then over the whole case, with the events that most stories start from. */
import { type Given, type Outside, type SpecificationDefaults, specification } from '#kernel';
import { type CaseWorld, caseWorkflow } from '#casework';
import { REFERENCE } from './reference.js';

/** A Tuesday morning; every specification happens here unless it says otherwise. */
export const NOW = '2026-03-10T09:00:00.000Z';
export const NEW_ID = '00000000-0000-4000-8000-00000000000a';
export const PERSON = '00000000-0000-4000-8000-0000000000f1';

const context: Outside<CaseWorld> = {
  reference: REFERENCE,
  actor: 'worker-1',
  organisation: 'casa-lumina',
  role: 'CM',
  human: true,
  now: NOW,
  occurredAt: NOW,
  newId: NEW_ID,
};

const defaults: SpecificationDefaults<CaseWorld> = {
  context,
  envelope: {
    schema: 1, occurredAt: '2026-03-10T08:00:00.000Z', recordedAt: '2026-03-10T08:00:00.000Z', actor: 'worker-1', organisation: 'casa-lumina', role: 'CM',
    commandId: 'command', correlationId: 'correlation', causationId: 'cause', reference: {}, legalBasis: 'GDPR-9-2-d', sensitivity: 2, chain: '',
  },
};

/** The person at her shelter, unless a test says otherwise: an adult, notified by the shelter that manages her case. */
export function notified(more: object = {}, metadata: Given['metadata'] = {}): readonly Given[] {
  const data = {
    channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO32', ageBand: '18-25', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
    form: 'LABOUR', danger: false, interpreterNeeded: false, statisticsOnly: false, person: PERSON, country: 'RO', routedTo: ['centrul-coordonare'], ...more,
  };
  return [
    { type: 'CaseNotified', data, metadata },
    { type: 'CaseOpened', data: {}, metadata },
  ];
}

export const aChild = (): readonly Given[] => notified({ ageBand: '14-17' });

/** The age of the person stands in a document. */
export const documented = (ageBand: string): readonly Given[] => [...aChild(), { type: 'AgeRecorded', data: { ageBand, ageStatus: 'DOCUMENTED' } }];

export const informed: Given = {
  type: 'RightsInformed',
  data: { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED' },
};

export function consented(purpose: string, recipient?: string, more: object = {}): Given {
  const to = recipient === undefined ? {} : { recipient };
  return {
    type: 'ConsentGiven',
    data: { consentId: `consent-${purpose}`, purpose, ...to, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1', ...more },
  };
}

export const screened = (outcome: string, screeningId = 'screening-1'): Given => ({
  type: 'ScreeningCompleted',
  data: { screeningId, mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, outcome, provisional: true },
});

export const presumed: Given = { type: 'VictimPresumed', data: { standard: 'REASONABLE_GROUNDS', deciderRole: 'CM', provisional: true } };

export const { given } = specification<CaseWorld>(caseWorkflow, defaults);
