/** Whatever happens to cases, in whatever order: every report, view and list rebuilt from the log equals the living one. */
import { REPORTING_PROJECTIONS } from '#reporting';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { AnyDatabase } from '#read-models';
import { openHistory, rebuild } from '../../support/history.js';
import type { CaseEvents } from '../../../libs/reporting/src/case-events.js';

const TIMES = ['2025-01-01T00:00:00.000Z', '2025-04-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
const REFERRAL = {
  referralId: fc.constantFrom('r-1', 'r-2'),
  recipient: fc.constantFrom('clinica-aurora', 'asociatia-punte'),
};
const services = fc.subarray(['PSY', 'MED.URG', 'HOUS.SHELTER'] as const, { minLength: 1 });
const returnOf = {
  returnId: fc.constant('t-1'),
  receiver: fc.constant('rifugio-ponte'),
  operator: fc.constant('podul-intoarcerii'),
};
const notified = {
  country: fc.constant('RO'),
  statisticsOnly: fc.boolean(),
  signsOfChildhood: fc.boolean(),
  danger: fc.boolean(),
  region: fc.constantFrom('RO11', 'RO32'),
  sex: fc.constantFrom('FEMALE', 'MALE'),
  ageBand: fc.constantFrom('14-17', '18-25', 'UNKNOWN'),
  citizenship: fc.constantFrom('OTHER_EU', 'OTHER'),
  form: fc.constantFrom('SEXUAL', 'LABOUR'),
};
const age = { ageBand: fc.constantFrom('14-17', '26-40'), ageStatus: fc.constantFrom('CLAIMED', 'DISPUTED') };
const risk = { overall: fc.constantFrom('LOW', 'HIGH'), validUntil: fc.constantFrom(...TIMES) };
const unmet = { services, reason: fc.constantFrom('NO_CAPACITY', 'SECURITY') };

const DATA: Partial<Record<keyof CaseEvents, Record<string, fc.Arbitrary<unknown>>>> = {
  CaseNotified: notified,
  NotificationOpened: {},
  AgeRecorded: age,
  MajorityReached: {},
  CaseManagerAssigned: { manager: fc.constantFrom('casa-lumina', 'asociatia-punte') },
  VictimPresumed: {},
  ScreenedOut: {},
  FormalIdentificationRequested: {
    requestId: fc.constant('q-1'),
    authority: fc.constant('politia-exemplu'),
    deciderRole: fc.constant('LE'),
  },
  FormalIdentificationDeclined: {},
  VictimFormallyIdentified: {},
  FormalIdentificationRefused: {},
  ReconsiderationRequested: {},
  RiskAssessed: risk,
  ReferralRequested: { ...REFERRAL, services, replyBy: fc.constantFrom(...TIMES) },
  ReferralAccepted: REFERRAL,
  ReferralQueued: REFERRAL,
  ReferralDeclined: { ...REFERRAL, ...unmet },
  ReferralExpired: REFERRAL,
  ReferralCancelled: REFERRAL,
  ReferralImpossible: unmet,
  ServiceEnded: { ...REFERRAL, last: fc.boolean() },
  SendingRiskAssessed: returnOf,
  ReceivingRequestSent: returnOf,
  HandoverAccepted: returnOf,
  CaseClosed: {},
  CaseReopened: {},
  ErasureOrdered: {},
  IdentityErased: {},
};

const happening = fc.oneof(
  ...Object.entries(DATA).map(([type, fields]) => ({
    // A case begins and is asked about more often than it is forgotten, or nothing would be left to compare.
    weight: type === 'CaseNotified' || type === 'ReferralRequested' ? 6 : 1,
    arbitrary: fc.record({
      stream: fc.constantFrom('case-1', 'case-2', 'case-3'),
      type: fc.constant(type as keyof CaseEvents),
      data: fc.record(fields),
      at: fc.constantFrom(...TIMES),
    }),
  })),
);

async function everyRow(kysely: AnyDatabase): Promise<Record<string, unknown>> {
  const tables = (await kysely.introspection.getTables()).map(({ name }) => name).sort();
  const rows: Record<string, unknown> = {};
  for (const table of tables)
    rows[table] = (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(kysely)).rows;
  return rows;
}

describe('reports', () => {
  it('rebuilt equal live', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 30 }),
        fc.nat({ max: 29 }),
        async (happenings, cut) => {
          const history = openHistory(REPORTING_PROJECTIONS);
          for (const [index, { stream, type, data, at }] of happenings.entries()) {
            if (index === cut) await history.read();
            await history.add(stream, type, data, { at });
          }
          await history.read();
          const fresh = await rebuild(history.store, REPORTING_PROJECTIONS);
          const rows = await everyRow(history.kysely);
          expect(await everyRow(fresh.kysely)).toEqual(rows);
          compared += Object.values(rows).flat().length;
          await fresh.close();
          await history.close();
        },
      ),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(500);
  }, 60_000);

  it('count by when it was recorded, however long before it happened (INV-17)', async () => {
    const published = REPORTING_PROJECTIONS.filter(({ name }) => name === 'caseload' || name === 'service-gap');
    expect(published).toHaveLength(2);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 2_000 }), async (happenings, days) => {
        const [inTime, late] = [openHistory(published), openHistory(published)];
        for (const [index, { stream, type, data, at }] of happenings.entries()) {
          const commandId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
          const occurredAt = new Date(Date.parse(at) - days * 86_400_000).toISOString();
          await inTime.add(stream, type, data, { at, commandId });
          await late.add(stream, type, data, { at, occurredAt, commandId });
        }
        await Promise.all([inTime.read(), late.read()]);
        const rows = await everyRow(inTime.kysely);
        expect(await everyRow(late.kysely)).toEqual(rows);
        compared += Object.values(rows).flat().length;
        await inTime.close();
        await late.close();
      }),
      { numRuns: 250 },
    );
    expect(compared).toBeGreaterThan(100);
  }, 60_000);
});
