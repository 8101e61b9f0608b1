/** What people in the story write into their forms. */
const scored = (item: string, likelihood: number, impact: number) => ({ item, answer: 'SCORED', likelihood, impact });
const dimension = (name: string, items: number) => Array.from({ length: items }, (_, index) => `${name}.${String(index + 1)}`);
const CORE = [...dimension('R1', 4), ...dimension('R4', 4), ...dimension('R5', 4)];

/** Every core item answered: 1 gives LOW, 2 gives MEDIUM, which is in one dimension only, since three of them give more. */
export const risk = (purpose: string, score: 1 | 2, half?: string): object => ({
  purpose, form: 'FULL', answers: [...CORE, ...(half === undefined ? [] : dimension('R10', 6))].map((item) => (item.startsWith('R1.') ? scored(item, score, score) : scored(item, 1, 1))),
  ...(half === undefined ? {} : { half }),
});
export const TWO_QUESTIONS = { purpose: 'INITIAL', form: 'FIRST', answers: [scored('R5.1', 3, 2), scored('R1.2', 2, 2)] };
export const NOTIFICATION = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO11', ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false, account: 'Found at the roadside at dawn. Says the farmer has her papers.',
};
export const SCREENING = {
  mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false,
  answers: ['EX-01', 'EX-02', 'CD-01', 'CD-03', 'DR-01', 'DR-02'].map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' })),
};
export const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED', language: 'ron' };
export const consent = (purpose: string, recipient: string, more: object = {}): object => ({
  purpose, recipient, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1', ...more,
});
export const referral = (recipient: string, services: readonly string[], priority: string): object => ({
  recipient, services, priority, dataShared: ['AGE_BAND', 'SEX', 'AREA', 'LANGUAGES', 'PRECAUTIONS'], languages: ['ron'], precautions: ['NO_CALLS_BACK'],
});
export const acceptance = (): object => ({ worker: 'w-3', startFrom: new Date().toISOString(), meeting: 'At the side door, ask for the blue badge.' });
