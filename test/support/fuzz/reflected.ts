/** Time to recover, and compensation: offered, declined, started, made longer, ended; and what is refused on the way. */
import { NOTIFICATION, aCase, done } from '../story.js';
import { MINUTE, type Reply, type Tandem } from '../tandem.js';

const DIRECTION = { direction: 'INTERNAL', sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' } as const;

async function coordinatorsPath(tandem: Tandem): Promise<string> {
  await tandem.settled();
  const { cases } = done(await tandem.as('centrul-coordonare').get('/v1/cases')).body as { cases: { caseId: string }[] };
  return `/v1/cases/${cases[0]?.caseId ?? ''}/reflection-period`;
}

export async function reflected(tandem: Tandem): Promise<void> {
  const shelter = tandem.as('casa-lumina');
  const { body } = done(await shelter.post('/v1/cases', NOTIFICATION));
  await shelter.post(`/v1/cases/${body.caseId as string}/reflection-period/offer`, { media: ['ORAL'] });
  // Newest first: what is told in the same minute has no order.
  await tandem.pass(MINUTE);
  const path = await aCase(shelter);
  const at = await coordinatorsPath(tandem);
  const hers = (step: string, more: object = {}): Promise<Reply> => shelter.post(`${path}/reflection-period/${step}`, more);
  const theirs = (step: string, more: object = {}): Promise<Reply> => tandem.as('centrul-coordonare').post(`${at}/${step}`, more);
  await hers('offer', { media: ['ORAL'] });
  await hers('start');
  await theirs('start');
  await hers('decline');
  await hers('extension', { reason: 'HEALTH' });
  await shelter.post(`${path}/formal-identification/request`, { authority: 'politia-exemplu' });
  await theirs('extension', { reason: 'HEALTH' });
  await hers('end', { reason: 'PERSON_REQUEST' });
  done(await shelter.post(`${path}/presumption`, { grounds: 'Locked in, no pay.' }));
  done(await hers('offer', { media: ['ORAL', 'WRITTEN'] }));
  done(await hers('decline'));
  done(await theirs('start'));
  await theirs('start');
  await hers('offer', { media: ['ORAL'] });
  done(await theirs('extension', { reason: 'HEALTH' }));
  await shelter.post(`${path}/returns`, DIRECTION);
  await hers('end', { reason: 'COOPERATION_DECIDED' });
  await hers('end', { reason: 'IMPROPER_CLAIM', authority: 'clinica-aurora' });
  done(await hers('end', { reason: 'PERSON_REQUEST' }));
  done(await shelter.post(`${path}/needs`, { needs: ['MED.GEN'], partial: true }));
  done(await shelter.post(`${path}/support-plan`, { plan: 'She calls the night line.' }));
  done(await shelter.post(`${path}/case-manager/other`, {}));
  done(await shelter.post(`${path}/proceedings`, { status: 'UNDECIDED' }));
  await shelter.post(`${path}/compensation-voucher/outcome`, { outcome: 'RECEIVED' });
  done(await shelter.post(`${path}/compensation-voucher`));
  done(await shelter.post(`${path}/compensation-voucher/outcome`, { outcome: 'RECEIVED' }));
}
