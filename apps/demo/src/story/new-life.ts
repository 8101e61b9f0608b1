/** A plan, a review, an ending that two people agree on. */
import { risk } from '../bodies.js';
import { caseOf, type World } from '../world.js';

export async function newLife(world: World): Promise<string> {
  const { teller, home, homeSupervisor } = world;
  teller.chapter('A life of her own');
  const path = await caseOf(home);
  const { planId } = await home.records('makes a plan with her', `${path}/plans`, { agreement: 'SIGNED', plan: 'A room, a course in baking, evenings with her sister.' });
  const due = new Date(Date.now() + 180 * 24 * 60 * 60 * 1000).toISOString();
  const goal = await home.records('a goal she chose', `/v1/plans/${planId as string}/goals`, { dimension: 'ECO', due, statement: 'Own wage from a bakery.', baseline: 0, target: 3 });
  await home.records('looks at the danger again', `${path}/risk-assessments`, risk('REVIEW', 1));
  await home.records('reviews the plan with her', `/v1/plans/${planId as string}/reviews`, { contact: 'IN_PERSON', scores: [{ dimension: 'ECO', score: 3 }] });
  await home.records('the goal is reached', `/v1/plans/${planId as string}/goals/${goal.goalId as string}/result`, { result: 'ACHIEVED' });
  await home.isRefused('wants to close while help is still open', `${path}/closure`, {
    reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'She bakes.',
  });
  teller.say('No one is closed away from help that is still running. The open services end first.');
  await endOpenServices(world);
  const closing = { reason: 'GOALS_MET', unmetNeeds: ['MED.DENT'], interviewOffered: true, retentionExplained: true, summary: 'She bakes, and sleeps.' };
  const { proposalId } = await home.records('proposes to close', `${path}/closure`, closing);
  await home.isRefused('tries to approve what she proposed herself', `${path}/closure/${proposalId as string}/approval`, {});
  const atSupervisor = await caseOf(homeSupervisor);
  const shown = (await homeSupervisor.reads(atSupervisor)).body as { stages: { closure: { proposal: { proposalId: string } } } };
  await homeSupervisor.records('another person approves: the case is closed', `${atSupervisor}/closure/${shown.stages.closure.proposal.proposalId}/approval`, {});
  return path;
}

async function endOpenServices({ home, travel, clinic }: World): Promise<void> {
  for (const who of [clinic, home, travel]) {
    const { items } = (await who.reads('/v1/inbox')).body as { items: { waitsFor: string; thingId: string; referral?: { services: { episodeId: string; status: string }[] } }[] };
    for (const { referral } of items) {
      for (const { episodeId, status } of referral?.services ?? []) {
        if (status === 'PENDING') await who.records('begins what it promised', `/v1/services/${episodeId}/start`, { worker: 'w-3', agreement: 'WRITTEN' });
        await who.records('ends its service', `/v1/services/${episodeId}/end`, { outcome: 'NEED_MET' });
      }
    }
  }
}
