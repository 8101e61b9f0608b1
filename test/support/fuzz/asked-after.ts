/** How she is after a return: asked without her word, in a way that she did not call safe, and of one who is to be forgotten. */
import { aCase, consentTo, fullRisk } from '../story.js';
import { MINUTE, type Tandem } from '../tandem.js';
import type { Telling } from './stories.js';
import { HOME, JOURNEY, LEADER, agreed, helpUnderWay, pathsOf, returning, writes } from './under-way.js';

const ANSWER = { result: 'GOING_WELL' } as const;

/** Told while the house does not act on what it hears, so that the case still has its name. */
export async function askedAfter({ tandem, log }: Pick<Telling, 'log'> & { readonly tandem: Tandem }): Promise<void> {
  const write = writes(tandem);
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  await write(LEADER, `${path}/risk-assessments`, fullRisk('INITIAL', 1));
  await agreed(write, path);
  await helpUnderWay(tandem, write, path);
  const pathOf = pathsOf(tandem, path);
  await returning(tandem, write, path, pathOf, JOURNEY.length);
  const theirs = await pathOf(HOME);
  const { body } = await tandem.as(HOME).get(theirs);
  const { returnId } = (body as { stages: { repatriation: { returns: { returnId: string }[] } } }).stages.repatriation.returns[0] ?? { returnId: '' };
  const ask = () => tandem.as(HOME).post(`/v1/returns/${returnId}/follow-ups`, ANSWER);
  await ask();
  await write(HOME, `${theirs}/consents`, consentTo('FOLLOW_UP', HOME, { evidence: 'Sheet 14, in the safe.' }));
  await tandem.as(HOME).post(`/v1/returns/${returnId}/follow-ups`, { result: 'NOT_REACHED', channel: 'LETTER' });
  await tandem.settled();
  log.hold();
  try {
    const officer = { organisation: HOME, actor: 'the-officer', roles: ['DPO'] } as const;
    await write(officer, `${theirs}/erasure`, { reason: 'PERSON_REQUEST' });
    await ask();
  } finally {
    log.release();
  }
  await tandem.settled();
}
