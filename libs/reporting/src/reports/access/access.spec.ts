import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '#mechanism';
import type { History } from '../../../../../test/support/history.js';
import { openHistory } from '../../../../../test/support/history.js';
import { view } from '#read-models';
import { access } from './projection.js';
import { casesFor } from './queries.js';

const ADULT = { statisticsOnly: false, signsOfChildhood: false, ageBand: '26-40' } as const;

describe('the list of cases', () => {
  let history: History;
  beforeEach(async () => {
    history = openHistory([access]);
    await history.add('case-1', 'CaseNotified', ADULT, { organisation: 'politia-exemplu', role: 'DETECT' });
  });
  afterEach(() => history.close());

  const list = async (organisation: string, ...roles: Role[]) => {
    await history.read();
    return (await casesFor(history.kysely, { organisation, roles, limit: 10 })).map(({ stream }) => stream);
  };

  it('proposes a case to its notifier and to every coordinator, and to nobody else', async () => {
    expect(await list('politia-exemplu', 'DETECT')).toEqual(['case-1']);
    expect(await list('centrul-coordonare', 'NRM_COORD')).toEqual(['case-1']);
    expect(await list('casa-lumina', 'CM', 'SP')).toEqual([]);
    expect(await list('protectia-copilului', 'CP_AUTH')).toEqual([]);
  });

  it('proposes it to a provider from the request until the answer or the end of the service', async () => {
    const about = { referralId: 'r-1', recipient: 'clinica-aurora' };
    await history.add('case-1', 'ReferralRequested', about);
    expect(await list('clinica-aurora', 'SP')).toEqual(['case-1']);
    await history.add('case-1', 'ReferralAccepted', about);
    expect(await list('clinica-aurora', 'SP')).toEqual(['case-1']);
    await history.add('case-1', 'ServiceEnded', { referralId: 'r-1', last: false });
    expect(await list('clinica-aurora', 'SP')).toEqual(['case-1']);
    await history.add('case-1', 'ServiceEnded', { referralId: 'r-1', last: true });
    expect(await list('clinica-aurora', 'SP')).toEqual([]);
  });

  it.each(['ReferralDeclined', 'ReferralExpired', 'ReferralCancelled'] as const)(
    'takes it away with %s',
    async (type) => {
      await history.add('case-1', 'ReferralRequested', { referralId: 'r-1', recipient: 'clinica-aurora' });
      await history.add('case-1', type, { referralId: 'r-1' });
      expect(await list('clinica-aurora', 'SP')).toEqual([]);
    },
  );

  it('follows who leads: assigned, handed over after a return, reopened', async () => {
    await history.add('case-1', 'CaseManagerAssigned', { manager: 'casa-lumina' });
    expect(await list('casa-lumina', 'CM')).toEqual(['case-1']);
    await history.add('case-1', 'SendingRiskAssessed', { returnId: 't-1', operator: 'podul-intoarcerii' });
    await history.add('case-1', 'ReceivingRequestSent', { returnId: 't-1', receiver: 'rifugio-ponte' });
    expect(await list('podul-intoarcerii', 'RET_ORG')).toEqual(['case-1']);
    expect(await list('rifugio-ponte', 'SP')).toEqual(['case-1']);
    await history.add('case-1', 'HandoverAccepted', { returnId: 't-1', receiver: 'rifugio-ponte' });
    expect(await list('casa-lumina', 'CM')).toEqual([]);
    expect(await list('podul-intoarcerii', 'RET_ORG')).toEqual([]);
    await history.add('case-1', 'CaseReopened', {}, { organisation: 'casa-lumina' });
    expect(await list('casa-lumina', 'CM')).toEqual(['case-1']);
  });

  it('proposes to child protection who may be a child, also in doubt', async () => {
    await history.add('case-2', 'CaseNotified', { ...ADULT, ageBand: 'UNKNOWN', signsOfChildhood: true });
    await history.add('case-1', 'AgeRecorded', { ageBand: '18-25', ageStatus: 'DISPUTED' });
    expect(await list('protectia-copilului', 'CP_AUTH')).toEqual(['case-2', 'case-1']);
    await history.add('case-1', 'AgeRecorded', { ageBand: '18-25', ageStatus: 'DOCUMENTED' });
    await history.add('case-2', 'MajorityReached', {});
    expect(await list('protectia-copilului', 'CP_AUTH')).toEqual([]);
  });

  it('forgets a case that is erased, also when more is recorded on it', async () => {
    await history.add('case-1', 'ErasureOrdered', {});
    await history.add('case-1', 'CaseManagerAssigned', { manager: 'casa-lumina' });
    expect(await list('casa-lumina', 'CM')).toEqual([]);
    expect(await list('centrul-coordonare', 'NRM_COORD')).toEqual([]);
    expect(await view(history.kysely, access, 'ground').selectAll().execute()).toEqual([]);
  });

  it('goes on after the last case of a page, newest first, without gap or double', async () => {
    for (const number of [2, 3, 4, 5]) {
      await history.add(`case-${number}`, 'CaseNotified', ADULT, {
        at: `2025-01-0${Math.ceil(number / 2)}T00:00:00.000Z`,
      });
    }
    await history.read();
    const pages: string[][] = [];
    const query = { organisation: 'centrul-coordonare', roles: ['NRM_COORD'], limit: 2 } as const;
    let page = await casesFor(history.kysely, query);
    for (let after = page.at(-1); after !== undefined; after = page.at(-1)) {
      pages.push(page.map(({ stream }) => stream));
      page = await casesFor(history.kysely, { ...query, after });
    }
    expect(pages).toEqual([['case-5', 'case-4'], ['case-3', 'case-2'], ['case-1']]);
  });
});
