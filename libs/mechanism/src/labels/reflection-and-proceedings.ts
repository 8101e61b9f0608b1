/** Names of the codes of the reflection period, of proceedings, of compensation and of who pays. */
import type { Labels } from './label.js';

export const EXTENSION_LABELS: Labels = {
  MINOR: ['The person is a child', 'Persoana este copil', 'Persona ir bērns'],
  HEALTH: ['Health', 'Sănătate', 'Veselība'],
  NEEDS_MORE_TIME: ['More time is needed', 'Este nevoie de mai mult timp', 'Nepieciešams vairāk laika'],
};

export const CLAIM_LABELS: Labels = {
  NONE: ['No claim', 'Nicio cerere', 'Nav pieteikuma'],
  CLAIMED: ['Claimed', 'Cerută', 'Pieteikta'],
  GRANTED: ['Granted', 'Acordată', 'Piešķirta'],
  REFUSED: ['Refused', 'Respinsă', 'Atteikta'],
};

export const FUNDING_LABELS: Labels = {
  GRANTED: ['The state pays', 'Statul plătește', 'Valsts maksā'],
  QUEUED: ['The state pays later', 'Statul plătește mai târziu', 'Valsts maksās vēlāk'],
  REFUSED: ['The criteria are not met', 'Criteriile nu sunt îndeplinite', 'Kritēriji nav izpildīti'],
};

export const PROCEEDINGS_LABELS: Labels = {
  COOPERATION_DECIDED: ['Decided to cooperate', 'A decis să coopereze', 'Nolēma sadarboties'],
  TERMINATED_PUBLIC_ORDER: ['Ended for public order', 'Încetată pentru ordinea publică', 'Izbeigts sabiedriskās kārtības dēļ'],
  IMPROPER_CLAIM: ['Status claimed improperly', 'Statut pretins în mod nejustificat', 'Statuss pieprasīts nepamatoti'],
  PERSON_RETURNED: ['The person has returned', 'Persoana s-a întors', 'Persona ir atgriezusies'],
  NOT_PARTICIPATING: ['Takes no part', 'Nu participă', 'Nepiedalās'],
  UNDECIDED: ['Not decided', 'Nehotărât', 'Nav izlemts'],
  COOPERATING: ['Cooperates', 'Cooperează', 'Sadarbojas'],
  INJURED_PARTY: ['Injured party', 'Persoană vătămată', 'Cietusī persona'],
  CIVIL_PARTY: ['Civil party', 'Parte civilă', 'Civilprasītājs'],
  WITNESS: ['Witness', 'Martor', 'Liecinieks'],
  CONCLUDED: ['Concluded', 'Încheiat', 'Pabeigts'],
  RECEIVED: ['Reached the person', 'A ajuns la persoană', 'Saņemts'],
  NOT_WANTED: ['Not wanted', 'Nedorit', 'Nav vēlēts'],
};
