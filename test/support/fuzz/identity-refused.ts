/** What a formal decision may not be, when it is contested too often or too late, and what no country but some knows. */
import { type DirectoryEntry, type Role, register } from '#mechanism';
import { NOTIFICATION, aCase } from '../story.js';
import { HOUR, type Tandem } from '../tandem.js';
import { HEAD, LEADER, writes } from './under-way.js';

const REFUSED = { authority: 'politia-exemplu', decision: 'REFUSED', reason: 'CRITERIA_NOT_MET', decisionNumber: '1/2026' } as const;
const CONTESTED = { requestedBy: 'PERSON', newInformation: 'A letter.' } as const;

async function presumed(tandem: Tandem): Promise<string> {
  const path = await aCase(tandem.as(LEADER));
  await writes(tandem)(LEADER, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  return path;
}

/** Refused without a reason, by who may not, by a paper that never refuses; then twice, which is once too often to contest. */
async function contestedTwice(tandem: Tandem): Promise<void> {
  const write = writes(tandem);
  const path = await presumed(tandem);
  const decide = (more: object) => tandem.as(LEADER).post(`${path}/formal-identification/decision`, { ...REFUSED, ...more });
  await decide({ reason: undefined });
  await decide({ authority: 'clinica-aurora' });
  await decide({ route: 'CERTIFICATE' });
  for (let time = 0; time < 2; time += 1) {
    await write(LEADER, `${path}/formal-identification/decision`, REFUSED);
    await tandem.as(LEADER).post(`${path}/reconsideration`, CONTESTED);
  }
}

async function contestedLate(tandem: Tandem): Promise<void> {
  const path = await presumed(tandem);
  const contestUntil = new Date(Date.parse(tandem.now()) + HOUR).toISOString();
  await tandem.as(LEADER).post(`${path}/formal-identification/decision`, { ...REFUSED, contestUntil: '2020-01-01T00:00:00Z' });
  await writes(tandem)(LEADER, `${path}/formal-identification/decision`, { ...REFUSED, contestUntil });
  await tandem.pass(2 * HOUR);
  for (const who of [LEADER, HEAD]) await tandem.as(who).post(`${path}/reconsideration`, CONTESTED);
}

const abroad = (id: string, country: string, roles: readonly Role[]): DirectoryEntry => ({
  id, name: id, kind: 'NGO', country, regions: [], acceptsMinors: true, roles: ['CM', 'DETECT', 'SP', ...roles], services: [],
});
const ABROAD: readonly DirectoryEntry[] = [
  abroad('osta-paraugs', 'LV', ['ID_AUTH', 'NRM_COORD']), abroad('nams-paraugs', 'LV', []), abroad('harbour-example', 'UK', ['ID_AUTH']),
  abroad('pristan-primer', 'BG', ['LE', 'NRM_COORD']),
];

/** Presumed abroad, where that is for this organisation to say. */
async function presumedIn(tandem: Tandem, organisation: string): Promise<string> {
  const path = await aCase(tandem.as(organisation), { ...NOTIFICATION, region: 'UNKNOWN' });
  await tandem.as(organisation).post(`${path}/presumption`, { grounds: 'Locked in, no pay.' });
  return path;
}

/** A commission that must be whole, time to recover for citizens of third countries only, and no advance on compensation. */
async function inLatvia(tandem: Tandem): Promise<void> {
  await presumedIn(tandem, 'nams-paraugs');
  const path = await presumedIn(tandem, 'osta-paraugs');
  const say = (step: string, body: object = {}) => tandem.as('osta-paraugs').post(`${path}/${step}`, body);
  await say('formal-identification/decision', { ...REFUSED, authority: 'osta-paraugs', membersPresent: ['LAWYER'] });
  await say('reflection-period/offer', { media: ['ORAL'] });
  await say('reflection-period/start');
  await say('compensation-voucher');
}

/** Time before anything final is decided, and time to recover that a wish to help the police ends, though not at once. */
async function inOtherCountries(tandem: Tandem): Promise<void> {
  const british = await presumedIn(tandem, 'harbour-example');
  await tandem.as('harbour-example').post(`${british}/formal-identification/decision`, { ...REFUSED, authority: 'harbour-example' });
  const bulgarian = await presumedIn(tandem, 'pristan-primer');
  const say = (step: string, body: object = {}) => tandem.as('pristan-primer').post(`${bulgarian}/${step}`, body);
  await say('formal-identification/decision', { authority: 'pristan-primer', decision: 'IDENTIFIED', decisionNumber: '1/2026' });
  await say('reflection-period/end', { reason: 'COOPERATION_DECIDED' });
}

/** All of it; the organisations of other countries come into the directory first. */
export async function identityRefused(tandem: Tandem): Promise<void> {
  for (const entry of ABROAD) await register(tandem.engines.store, entry, { actor: 'setup', organisation: 'tandem' }, tandem.now);
  await tandem.engines.directory.catchUp();
  await contestedTwice(tandem);
  await contestedLate(tandem);
  await inLatvia(tandem);
  await inOtherCountries(tandem);
}
