/** A return and a formal request that come to nothing: who was told of them says that it is forgotten, too early, and in time. */
import { aCase, consentTo, done, fullRisk, returnRisk } from '../story.js';
import { MINUTE, type Tandem } from '../tandem.js';
import { LEADER, OFFICER, pathsOf, TRAVEL, type Write, writes } from './under-way.js';

const AUTHORITY = 'politia-exemplu';
/** The key of another wish of the same house. */
const USED_BEFORE = '5d2a9c1e-7b34-4f6a-8c20-91e4b7d3f605';
/** Who leads the case is to take her in as well: it has a name of the return before anybody was told. */
const HOMEWARD = { direction: 'INTERNAL', sender: LEADER, receiver: LEADER, operator: TRAVEL } as const;

interface Telling {
  readonly tandem: Tandem;
  readonly write: Write;
  readonly path: string;
  readonly at: (organisation: string) => Promise<string>;
}

const stagesOf = async ({ tandem, at }: Telling, who: string) =>
  (done(await tandem.as(who).get(await at(who))).body as { stages: { identification: { requestId: string }; repatriation: { returns: { returnId: string }[] } } }).stages;

async function declined(telling: Telling): Promise<void> {
  const { tandem, write, path } = telling;
  await write(LEADER, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await write(LEADER, `${path}/consents`, consentTo('FORMAL_IDENTIFICATION_REQUEST', AUTHORITY));
  await write(LEADER, `${path}/formal-identification/request`, { authority: AUTHORITY });
  const { identification: { requestId } } = await stagesOf(telling, AUTHORITY);
  const forgotten = `/v1/formal-requests/${requestId}/deletion-confirmation`;
  await tandem.as(AUTHORITY).post(forgotten);
  await write(LEADER, `${path}/formal-identification/decline`, { reason: 'FEAR' });
  await write(AUTHORITY, forgotten, { legalProvision: 'RO/L363/16' });
}

async function cancelled(telling: Telling): Promise<void> {
  const { tandem, write, path } = telling;
  await write(LEADER, `${path}/consents`, consentTo('RETURN', TRAVEL, { dataCategories: ['contact'] }));
  const { returnId } = await write(LEADER, `${path}/returns`, HOMEWARD);
  const itself = `/v1/returns/${String(returnId)}`;
  await tandem.as(LEADER).post(`${itself}/deletion-confirmation`);
  await write(LEADER, `${itself}/information`, { media: ['ORAL'], language: 'ron' });
  for (const risk of [fullRisk('INITIAL', 1), returnRisk('SENDING', 1)]) await write(LEADER, `${path}/risk-assessments`, risk);
  await write(LEADER, `${itself}/sending-assessment`, { fitness: 'FIT' });
  const { repatriation: { returns } } = await stagesOf(telling, TRAVEL);
  const forgotten = `/v1/returns/${returns[0]?.returnId ?? ''}/deletion-confirmation`;
  await tandem.as(TRAVEL).post(forgotten);
  done(await tandem.as(LEADER).post(`${itself}/cancellation`, { reason: 'PERSON_DECLINED' }, { 'idempotency-key': USED_BEFORE }));
  // Nobody was erased, so nobody is asked in vain.
  const chase = `${path}/received-data/${String(returnId)}/deletion-chase-end`;
  await tandem.as({ organisation: LEADER, roles: ['CM'] }).post(chase, { reason: 'NO_ANSWER' });
  await tandem.as(OFFICER).post(chase, { reason: 'NO_ANSWER' });
  await tandem.as(OFFICER).post(chase, { reason: 'NO_ANSWER' }, { 'idempotency-key': USED_BEFORE });
  await write(TRAVEL, forgotten);
}

/** Tells both, in one case. */
export async function recalled(tandem: Tandem): Promise<void> {
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  const telling = { tandem, write: writes(tandem), path, at: pathsOf(tandem, path) };
  await declined(telling);
  await cancelled(telling);
}
