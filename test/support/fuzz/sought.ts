/** She is looked for, in ways that she called safe; and contact is not lost while it is not. */
import { aCase } from '../story.js';
import { DAY, MINUTE, type Tandem } from '../tandem.js';
import { HEAD, LEADER, writes } from './under-way.js';

const CLOSING = { reason: 'LOST_CONTACT', unmetNeeds: [], interviewOffered: false, retentionExplained: false, summary: 'Nobody answers.' };
const DESK = { purpose: 'CLOSURE', form: 'DESK', answers: [] };

/** In one way that she agreed to, and in one of which nobody knows; she does not want to be asked later. */
export async function sought(tandem: Tandem): Promise<void> {
  const write = writes(tandem);
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  await write(LEADER, `${path}/contact-channels`, { channels: ['PHONE'], how: 'Before noon, and ask for Maria.' });
  await write(LEADER, `${path}/contact-attempts`, { channel: 'PHONE', reached: false });
  await tandem.as(LEADER).post(`${path}/contact-attempts`, { channel: 'LETTER', reached: false });
  await write(LEADER, `${path}/consent-refusals`, { purpose: 'FOLLOW_UP', recipient: LEADER, by: 'PERSON' });
  for (const odd of [{ purpose: 'FOLLOW_UP', recipient: 'nobody-known' }, { purpose: 'INTERVIEW', recipient: LEADER }]) await tandem.as(LEADER).post(`${path}/consent-refusals`, { ...odd, by: 'PERSON' });
}

/** Said to be lost too early; and lost, until she calls back before anybody has approved it. */
export async function lostAndFound(tandem: Tandem): Promise<void> {
  const write = writes(tandem);
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  await write(LEADER, `${path}/contact-channels`, { channels: ['MESSAGE'] });
  await tandem.as(LEADER).post(`${path}/closure`, CLOSING);
  for (let time = 0; time < 3; time += 1) {
    await tandem.pass(DAY);
    await write(LEADER, `${path}/contact-attempts`, { channel: 'MESSAGE', reached: false });
  }
  await write(LEADER, `${path}/risk-assessments`, DESK);
  const { proposalId } = await write(LEADER, `${path}/closure`, CLOSING);
  await tandem.pass(MINUTE);
  await write(LEADER, `${path}/contact-attempts`, { channel: 'MESSAGE', reached: true });
  await tandem.as(HEAD).post(`${path}/closure/${String(proposalId)}/approval`, {});
}
