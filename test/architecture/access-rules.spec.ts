/** Rules of access that the table can not hold: one at a time. */
import { describe, expect, it } from '@jest/globals';
import type { CaseFacts } from '#casework';
import { ACCESS_PURPOSES, type AccessPurpose, mayAccess } from '#platform';
import { ADULT, callerOf, engagement, entryOf, glass, MANDATE, NOW, OTHERS, STATES, US } from '../support/access-relations.js';

describe('single rules', () => {
  const working = { ...ADULT, engagements: [engagement('CM'), engagement('SP', { scope: 'OFFER' })] };

  it('police that are not engaged see nothing, of a child neither', () => {
    for (const facts of [ADULT, STATES.minor])
      expect(mayAccess(facts, callerOf(['LE', 'PROS']), entryOf(['LE', 'PROS']), 'read', NOW).scope).toBe('NONE');
  });

  it('an organisation with several roles acts in those that stand to the case, strongest first (R-14)', () => {
    const { scope, roles } = mayAccess(
      working,
      callerOf(['HEALTH', 'SP', 'CM', 'SUP']),
      entryOf(['SP', 'CM', 'HEALTH', 'SUP']),
      'command',
      NOW,
    );
    // An offer to provide is answered as its addressee; it is no role to record in.
    expect({ scope, roles }).toEqual({ scope: 'FULL', roles: ['CM', 'SUP'] });
  });

  it('an offer alone opens no personal data and no history', () => {
    const facts = { ...ADULT, engagements: [engagement('SP', { scope: 'OFFER' })] };
    for (const purpose of ['personal-data', 'history'] as const)
      expect(mayAccess(facts, callerOf(['SP']), entryOf(['SP']), purpose, NOW).scope).toBe('NONE');
  });

  it('whoever coordinates or reports does not audit, whatever the token claims (R-11)', () => {
    for (const other of ['NRM_COORD', 'RAPP'] as const) {
      const { roles } = mayAccess(
        ADULT,
        callerOf(['AUDIT'], { mandate: 'm-1' }),
        entryOf(['AUDIT', other]),
        'history',
        NOW,
        { mandate: MANDATE },
      );
      expect(roles).toEqual([]);
    }
  });

  it('a public duty ends at the border of its region', () => {
    const coordinator = (region: CaseFacts['region']) =>
      mayAccess(
        { ...ADULT, region },
        callerOf(['NRM_COORD']),
        entryOf(['NRM_COORD'], { regions: ['RO32'] }),
        'read',
        NOW,
      );
    expect([coordinator('RO32').scope, coordinator('UNKNOWN').scope, coordinator('RO11').scope]).toEqual([
      'FULL',
      'FULL',
      'NONE',
    ]);
  });

  it('the clock may only record, and nobody may be the clock but the house', () => {
    const clock = callerOf(['CLOCK'], { organisation: 'tandem', human: false });
    expect(ACCESS_PURPOSES.filter((p) => mayAccess(STATES.erased, clock, undefined, p, NOW).scope !== 'NONE')).toEqual([
      'command',
    ]);
    expect(mayAccess(working, callerOf(['CLOCK']), entryOf(['CLOCK']), 'command', NOW).scope).toBe('NONE');
  });

  it('who keeps a notification records in the role that works on the case, and not in that of before', () => {
    const again = { ...ADULT, notifiedBy: US, engagements: [engagement('CM', { organisation: OTHERS }), engagement('CM', { scope: 'OWN' }), engagement('CM', { scope: 'OFFER' }), engagement('SP')] };
    const asked = (purpose: AccessPurpose) => mayAccess(again, callerOf(['CM', 'SP']), entryOf(['CM', 'SP']), purpose, NOW).roles;
    expect([asked('command'), asked('first-contact'), asked('read')]).toEqual([['SP'], ['SP', 'CM'], ['SP', 'CM']]);
  });

  it('a person who notified through a channel finds her own notification, and nobody else there does', () => {
    const hers = { ...ADULT, notifiedBy: US, engagements: [engagement('PERSON', { scope: 'OWN', actor: 'ana' })] };
    const found = (actor: string) => mayAccess(hers, callerOf(['PERSON', 'DETECT'], { actor }), entryOf(['PERSON', 'DETECT']), 'read', NOW).scope;
    expect([found('ana'), found('staff-1')]).toEqual(['OWN', 'NONE']);
  });

  it('glass breaks forward in time only', () => {
    expect(mayAccess({ ...ADULT, ...glass(-1) }, callerOf(['HEALTH']), entryOf(['HEALTH']), 'read', NOW).scope).toBe('NONE');
  });
});
