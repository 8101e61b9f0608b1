/** Another organisation is asked to lead a case, twice; it takes it at the second try. Each answer is sent twice. */
import { aCase, consentTo, done } from '../story.js';
import type { Tandem } from '../tandem.js';
import { lookedInto } from './looked-into.js';

export async function ledByAnother(tandem: Tandem): Promise<void> {
  const [shelter, asked] = [tandem.as('casa-lumina'), tandem.as('asociatia-punte')];
  const path = await aCase(shelter);
  for (const [answer, body] of [['decline', { reason: 'NO_CAPACITY' }], ['acceptance', { worker: 'w-7' }]] as const) {
    done(await shelter.post(`${path}/case-manager`, { manager: 'asociatia-punte' }));
    await tandem.settled();
    const { items } = done(await asked.get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
    const offer = items.find(({ waitsFor }) => waitsFor === 'case-management-reply')?.thingId ?? '';
    done(await asked.post(`/v1/case-management-offers/${offer}/${answer}`, body));
    await asked.post(`/v1/case-management-offers/${offer}/${answer}`, body);
  }
  await openedToItself(tandem);
  await lookedInto(tandem);
}

/** Who leads a case may write that she lets it see something, with the sheet that proves it. */
async function openedToItself(tandem: Tandem): Promise<void> {
  const shelter = tandem.as('casa-lumina');
  const agreed = consentTo('ASSESSMENT', 'casa-lumina', { dataCategories: ['identity'], evidence: 'Sheet 12, in the safe.' });
  done(await shelter.post(`${await aCase(shelter)}/consents`, agreed));
}
