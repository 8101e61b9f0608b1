/** Found, fed, believed: scenario 1. Nobody asks for her name. */
import { NOTIFICATION, RIGHTS, SCREENING, TWO_QUESTIONS } from '../bodies.js';
import type { World } from '../world.js';

export async function found({ teller, shelter }: World): Promise<string> {
  teller.chapter('She is found, and nobody asks for her name');
  teller.say(`At dawn an outreach worker finds a woman at the roadside near a farm. We will call her Ana; Tandem never hears that name
    or any other. Irina, from the shelter Casa Lumina, notifies what may be told: signs, an age band, a region.`);
  const { caseId } = await shelter.records('notifies, without a name', '/v1/cases', NOTIFICATION);
  const path = `/v1/cases/${caseId as string}`;
  await shelter.records('she ate and slept; a doctor she does not want yet, and that is written down too', `${path}/basic-needs`, {
    met: ['FOOD', 'SLEEP', 'SAFE_PLACE'], refused: ['URGENT_CARE'],
  });
  await shelter.records('she does not want to talk; Irina records only what she sees', `${path}/screenings`, SCREENING);
  teller.say('The score is an aid. It presumes nobody: a person has to, and Irina does.');
  await shelter.records('presumes that Ana was exploited', `${path}/presumption`, { grounds: 'No pay for a season, papers kept, watched at night.' });
  await shelter.records('explains her rights, spoken and on paper', `${path}/rights-information`, RIGHTS);
  await shelter.records('asks the two questions that can not wait: a doctor? a threat?', `${path}/risk-assessments`, TWO_QUESTIONS);
  return path;
}
