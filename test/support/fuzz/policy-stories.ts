/** A coordinator publishes a policy, puts it in force and moves a case to it; and what is refused on the way. */
import { AMP_1, RA_1_1 } from '#mechanism';
import { ROMANIA_2026_3 } from '../../../libs/mechanism/src/policies/romania-2026-3.js';
import { RIGHTS, aCase, done, fullRisk } from '../story.js';
import { HOUR, MINUTE, type Tandem } from '../tandem.js';

/** The same rules under another number, so that nothing else in the stories changes, but that somebody decides whether the state pays for a service. */
const NEXT = {
  ...ROMANIA_2026_3, version: 'RO/2026-4',
  values: { ...ROMANIA_2026_3.values, 'service.decision_days': { value: { workingDays: 3 }, source: 'a test', origin: 'DESIGN', provisional: true } },
};

export async function newPolicy(tandem: Tandem): Promise<void> {
  const coordinator = tandem.as('centrul-coordonare');
  const second = tandem.as({ organisation: 'centrul-coordonare', actor: 'second-coordinator' });
  const publish = (document: object) => coordinator.post('/v1/policies/RO/publication', { document });
  const activate = (body: object) => second.post('/v1/policies/RO/activation', body);
  done(await publish(NEXT));
  await publish({ ...NEXT, timeZone: 'Europe/Vienna' });
  await publish({ ...NEXT, version: 'RO/2026-5', values: {} });
  done(await coordinator.get('/v1/policies/RO/2026-4'));
  await publishedRules(tandem);
  await activate({ version: 'RO/2099-9' });
  await coordinator.post('/v1/policies/RO/activation', { version: 'RO/2026-4' });
  await activate({ version: 'RO/2026-4', from: new Date(Date.parse(tandem.now()) - HOUR).toISOString() });
  // The newest case comes first in the list.
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as('casa-lumina'));
  await tandem.settled();
  const { cases } = done(await coordinator.get('/v1/cases')).body as { cases: { caseId: string }[] };
  const theirs = `/v1/cases/${cases[0]?.caseId ?? ''}`;
  await coordinator.post(`${theirs}/opening`);
  await tandem.as('casa-lumina').post(`${path}/policy`, { version: 'RO/2026-1' });
  await coordinator.post(`${theirs}/policy`, { version: 'RO/2026-1' });
  done(await activate({ version: 'RO/2026-4' }));
  done(await coordinator.post(`${theirs}/policy`, { version: 'RO/2026-4' }));
  await safetyPlan(tandem, path);
}

/** A catalogue and an instrument, once more under their own version and once under it with other words. */
async function publishedRules(tandem: Tandem): Promise<void> {
  const coordinator = tandem.as('centrul-coordonare');
  for (const [path, document] of [['catalogues', AMP_1], ['instruments', RA_1_1]] as const) {
    const publish = (one: object) => coordinator.post(`/v1/${path}/publication`, { document: one });
    done(await publish(document));
    await publish({ ...document, source: 'nobody' });
    await publish({ ...document, source: '' });
    done(await coordinator.get(`/v1/${path}/${document.version}`));
  }
}

async function safetyPlan(tandem: Tandem, path: string): Promise<void> {
  const manager = tandem.as('casa-lumina');
  await manager.post(`${path}/rights-information`, RIGHTS);
  done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 2)));
  done(await manager.post(`${path}/risk-assessments/causes`, { cause: 'NEW_THREAT' }));
  done(await manager.post(`${path}/safety-plans`, { agreement: 'SIGNED', plan: 'She calls the night line; the door code changed.' }));
}
