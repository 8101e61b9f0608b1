import { describe, expect, it } from '@jest/globals';
import { AGE_BANDS, PRIORITIES, REGIONS, RISK_LEVELS, SERVICE_CODES, SEXES } from '#mechanism';
import { DECLINE_REASONS } from '../../../casework/src/stages/referral/answer.js';
import { ESCORTS, FEEDBACK_STATUSES } from '../../../casework/src/stages/referral/handover.js';
import { ACCESSIBILITY_NEEDS, PRECAUTIONS } from '../../../casework/src/stages/referral/request.js';
import { AGREEMENTS, SERVICE_OUTCOMES } from '../../../casework/src/stages/referral/service.js';
import { DUTY_NAMES } from '../../../../test/support/duty-names.js';
import type { Names } from './codes.js';
import { CODES_EN } from './codes.en.js';
import { CODES_RO } from './codes.ro.js';
import { languageName, moment, nameOf, WORDS } from './words.js';

const LISTS = {
  duties: DUTY_NAMES, services: SERVICE_CODES, priorities: PRIORITIES, ageBands: AGE_BANDS, sexes: SEXES, regions: REGIONS, riskLevels: RISK_LEVELS,
  accessibility: ACCESSIBILITY_NEEDS, precautions: PRECAUTIONS, declineReasons: DECLINE_REASONS, escorts: ESCORTS, agreements: AGREEMENTS,
  feedback: FEEDBACK_STATUSES, outcomes: SERVICE_OUTCOMES, serviceStatus: ['PENDING', 'STARTED', 'ON_HOLD', 'ENDED'],
  referralStatus: ['REQUESTED', 'QUEUED', 'ACCEPTED', 'STARTED', 'DECLINED', 'EXPIRED', 'CANCELLED', 'ENDED'],
} as const;

const ALL_NAMES = [CODES_EN, CODES_RO].flatMap((codes) => Object.values(codes as unknown as Readonly<Record<string, Names>>));

describe('names of codes', () => {
  it('finds the duties of the stages', () => {
    expect(LISTS.duties.length).toBeGreaterThanOrEqual(20);
    expect(LISTS.duties).toEqual(expect.arrayContaining(['referral-reply', 'deletion-confirmation', 'return-acknowledgement', 'service-start']));
  });

  it.each(Object.entries(LISTS))('%s: every code has one in both languages, and no name lacks its code', (list, codes) => {
    for (const names of [CODES_EN, CODES_RO]) expect(Object.keys(names[list as keyof typeof LISTS]).sort()).toEqual([...codes].sort());
  });

  it('covers every list, says something for every code, and the same for no two of a list', () => {
    expect(Object.keys(CODES_EN).sort()).toEqual(Object.keys(LISTS).sort());
    const duties = ['referral-recall', 'formal-request-withdrawal'];
    for (const names of ALL_NAMES) {
      const told = Object.entries(names).filter(([code]) => !duties.includes(code)).map(([, name]) => name);
      expect(told).not.toContain('');
      expect(new Set(told).size).toBe(told.length);
    }
  });

  it('shows a code that is not known yet as it is, and nothing inherited', () => {
    expect(nameOf('ro', 'duties', 'toString')).toBe('toString');
  });
});

describe('words', () => {
  it('keep their places for values, and name nothing that gives somebody away', () => {
    const all = Object.entries(WORDS.en) as [keyof typeof WORDS.en, string][];
    for (const [name, english] of all) {
      const romanian = WORDS.ro[name];
      expect([name, romanian.includes('{}')]).toEqual([name, english.includes('{}')]);
      expect(romanian).not.toBe('');
    }
    const names = [WORDS.en, WORDS.ro, ...ALL_NAMES];
    const texts = names.flatMap((list): readonly string[] => Object.values(list)).join(' ');
    expect(texts).not.toMatch(/traffick|trafic|victim|exploat|exploit|mnir|nrm|tandem/i);
  });

  it('tell moments and languages as people say them', () => {
    expect(moment('ro', '2026-07-02T08:05:00.000Z')).toBe('2 iulie 2026 la 11:05');
    expect(moment('en', '2026-01-02T08:05:00.000Z')).toBe('2 January 2026 at 10:05');
    expect([languageName('ro', 'ron'), languageName('en', 'ukr')]).toEqual(['română', 'Ukrainian']);
  });
});
