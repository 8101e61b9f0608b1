/** Cases that were closed while much could still have been done in them: whatever is tried there is refused because of that. */
import { aCase, done, fullRisk } from '../story.js';
import { MINUTE, type Tandem } from '../tandem.js';

const CLOSING = { reason: 'DUPLICATE', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'Told twice.' };
const SUPERVISOR = { organisation: 'casa-lumina', actor: 'the-head', roles: ['SUP'] } as const;

/** One of a person who may be a victim, one of a presumed victim. Names of the cases, by who knows them. */
export async function closedEarly(tandem: Tandem): Promise<ReadonlyMap<string, readonly string[]>> {
  const closed = new Map<string, readonly string[]>();
  const keep = (organisation: string, caseId: string): void => {
    closed.set(organisation, [...(closed.get(organisation) ?? []), caseId]);
  };
  for (const presumed of [false, true]) {
    await tandem.pass(MINUTE);
    const path = await aCase(tandem.as('casa-lumina'));
    if (presumed) done(await tandem.as('casa-lumina').post(`${path}/presumption`, { grounds: 'Locked in, no pay.' }));
    done(await tandem.as('casa-lumina').post(`${path}/risk-assessments`, fullRisk('REVIEW', 1)));
    const { body } = done(await tandem.as('casa-lumina').post(`${path}/closure`, CLOSING));
    await tandem.settled();
    const { cases } = done(await tandem.as('centrul-coordonare').get('/v1/cases')).body as { cases: { caseId: string }[] };
    done(await tandem.as(SUPERVISOR).post(`${path}/closure/${(body as { proposalId: string }).proposalId}/approval`));
    keep('casa-lumina', path.split('/').at(-1) ?? '');
    keep('centrul-coordonare', cases[0]?.caseId ?? '');
  }
  return closed;
}
