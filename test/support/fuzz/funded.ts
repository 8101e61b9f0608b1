/** Who pays for a service: asked where nobody decides on it, and where somebody does. Nothing of the help waits for it. */
import { FIRST_FORM, aCase, consentTo, done, refer, referralTo } from '../story.js';
import { MINUTE, type Tandem } from '../tandem.js';
import { COORDINATOR, LEADER, type Write, pathsOf, writes } from './under-way.js';

interface Asked {
  readonly path: string;
  /** The service by the name that this organisation has of it. */
  readonly serviceOf: (organisation: string) => Promise<string>;
  /** The need is met without that clinic. */
  readonly takeBack: () => Promise<unknown>;
}

/** A clinic is asked for one service. */
async function asked(tandem: Tandem, write: Write): Promise<Asked> {
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  await write(LEADER, `${path}/consents`, consentTo('REFERRAL', 'clinica-aurora'));
  await write(LEADER, `${path}/risk-assessments`, FIRST_FORM);
  await refer(tandem, tandem.as(LEADER), path, referralTo('clinica-aurora', ['MED.GEN']));
  const pathOf = pathsOf(tandem, path);
  const serviceOf = async (organisation: string): Promise<string> => {
    const { stages } = done(await tandem.as(organisation).get(await pathOf(organisation))).body as { stages: { referral: { referrals: { services: { episodeId: string }[] }[] } } };
    return `/v1/services/${stages.referral.referrals[0]?.services[0]?.episodeId ?? ''}`;
  };
  const takeBack = async (): Promise<unknown> => {
    const { stages } = done(await tandem.as(LEADER).get(path)).body as { stages: { referral: { referrals: { referralId: string }[] } } };
    return write(LEADER, `${path}/referrals/${stages.referral.referrals[0]?.referralId ?? ''}/cancellation`, { reason: 'NEED_MET' });
  };
  return { path, serviceOf, takeBack };
}

/** The policy of the country says of no such decision. */
export async function notFunded(tandem: Tandem): Promise<void> {
  const { serviceOf, takeBack } = await asked(tandem, writes(tandem));
  await tandem.as(LEADER).post(`${await serviceOf(LEADER)}/funding`, {});
  await takeBack();
}

/** Decided too early, and by who may not; put off, granted; and never refused to whom the police certified. Of what is over nobody asks any more. */
export async function funded(tandem: Tandem): Promise<void> {
  const write = writes(tandem);
  const { path, serviceOf, takeBack } = await asked(tandem, write);
  const [ours, theirs] = [`${await serviceOf(LEADER)}/funding`, `${await serviceOf(COORDINATOR)}/funding/decision`];
  const decide = (decision: string) => tandem.as(COORDINATOR).post(theirs, { decision });
  await decide('GRANTED');
  await write(LEADER, ours);
  await write(LEADER, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await write(LEADER, `${path}/formal-identification/decision`, { authority: 'politia-exemplu', decision: 'IDENTIFIED', route: 'CERTIFICATE', decisionNumber: '9/2026' });
  await decide('REFUSED');
  await tandem.as(LEADER).post(`${ours}/decision`, { decision: 'GRANTED' });
  for (const decision of ['QUEUED', 'GRANTED']) done(await decide(decision));
  await takeBack();
  await tandem.as(LEADER).post(ours, {});
}
