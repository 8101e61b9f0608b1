// Writes a log of invented cases: a dozen events a case, cases mixed as in life. node … write-log.ts <file> <events>
import { openSqliteEventStore, sealDrafts } from '#event-store';
import type { EventToAppend, StoredEvent } from '#event-store';
import { createHash } from 'node:crypto';

const [, , file = '', size = '100000'] = process.argv;
const uuid = (name: string) =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-8$4-$5');
const personal = (compartment: string, name: string) => ({
  [compartment]: { reference: uuid(name), commitment: createHash('sha256').update(name).digest('hex') },
});
const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

/** One case from notification to closure, as the stages store it. */
function script(number: number): [type: string, data: object][] {
  const referral = {
    referralId: uuid(`referral ${number}`),
    recipient: pick(['clinica-aurora', 'casa-lumina', 'asociatia-punte'], number),
    referrer: 'casa-lumina',
  };
  const region = pick(['RO11', 'RO21', 'RO32', 'RO42'], number);
  return [
    [
      'CaseNotified',
      {
        statisticsOnly: false,
        person: uuid(`person ${number}`),
        country: 'RO',
        channel: 'FORM',
        grounds: ['INDICATORS'],
        region,
        signsOfChildhood: false,
        ageBand: pick(['0-13', '14-17', '18-25', '26-40', '41+'], number),
        sex: pick(['FEMALE', 'MALE'], number * 7),
        citizenship: 'THIS_COUNTRY',
        form: 'LABOUR',
        danger: number % 9 === 0,
        interpreterNeeded: false,
        routedTo: ['centrul-coordonare'],
        personal: personal('contact', `contact ${number}`),
      },
    ],
    ['CaseOpened', {}],
    ['NotificationOpened', {}],
    ['RightsInformed', { sheetVersion: '2025-1', medium: 'ORAL' }],
    ['CaseManagerAssigned', { manager: 'casa-lumina' }],
    ['AgeRecorded', { ageBand: pick(['18-25', '26-40'], number), ageStatus: 'DOCUMENTED' }],
    [
      'ScreeningCompleted',
      {
        screeningId: uuid(`screening ${number}`),
        outcome: 'REASONABLE',
        provisional: true,
        personal: personal('assessment', `screening ${number}`),
      },
    ],
    ['VictimPresumed', { standard: 'REASONABLE_GROUNDS', provisional: true }],
    [
      'ConsentGiven',
      {
        consentId: uuid(`consent ${number}`),
        purpose: 'REFERRAL',
        recipient: referral.recipient,
        giver: 'SELF',
        form: 'WRITTEN',
        infoSheetVersion: '2025-1',
      },
    ],
    [
      'RiskAssessed',
      {
        assessmentId: uuid(`risk ${number}`),
        overall: pick(['LOW', 'MEDIUM', 'HIGH'], number),
        validUntil: '2026-01-01T00:00:00.000Z',
        personal: personal('assessment', `risk ${number}`),
      },
    ],
    [
      'ReferralRequested',
      {
        ...referral,
        services: ['PSY.COUNS', 'HOUS.SHELTER'],
        priority: 'URGENT',
        replyBy: '2025-06-01T00:00:00.000Z',
        dataShared: ['AGE_BAND'],
        restsOn: { ground: 'CONSENT' },
      },
    ],
    number % 3 === 0
      ? ['ReferralDeclined', { ...referral, reason: 'NO_CAPACITY' }]
      : ['ReferralAccepted', { ...referral, worker: 'w-1', startFrom: '2025-06-02' }],
    ['VictimFormallyIdentified', { authority: 'politia-exemplu', provisional: false }],
  ];
}

const events = Number(size);
const store = openSqliteEventStore(file);
const WINDOW = 500; // cases in hand at once
let written = 0;
let clock = Date.parse('2025-01-01T00:00:00.000Z');
for (let first = 0; written < events; first += WINDOW) {
  const cases = Array.from({ length: WINDOW }, (_, index) => ({
    stream: `case-${uuid(`case ${first + index}`)}`,
    script: script(first + index),
    last: undefined as StoredEvent | undefined,
  }));
  for (let step = 0; step < 13 && written < events; step++) {
    await Promise.all(
      cases.slice(0, events - written).map(async (one) => {
        const next = one.script[step];
        if (next === undefined) return;
        const [type, data] = next;
        const now = new Date((clock += 1_000)).toISOString();
        const commandId = uuid(`${one.stream} ${step}`);
        const envelope = {
          commandId,
          correlationId: commandId,
          causationId: commandId,
          actor: uuid('actor'),
          organisation: 'casa-lumina',
          role: 'CM',
          reference: { policy: 'RO@3', directory: '41' },
          legalBasis: 'Law 678/2001',
          sensitivity: 2 as const,
        };
        const [event] = sealDrafts(
          one.stream,
          one.last,
          [{ type, data, schema: 1, occurredAt: now, ...envelope }],
          now,
        ) as [EventToAppend];
        await store.append(one.stream, [event], one.last?.revision ?? 'no-stream');
        one.last = { ...event, stream: one.stream, revision: step, position: '' };
      }),
    );
    written += Math.min(WINDOW, events - written);
  }
}
await store.close();
console.log(`${written} events in ${file}`);
