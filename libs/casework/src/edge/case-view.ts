/** What one viewer sees of a case: clear facts only, by scope. Source: domain.md 8.3, 8.4, R-14. */
import type { Viewer, WorkflowState } from '#kernel';
import { type CaseFacts, isLive, underMinorRules } from '../shared/facts.js';
import type { CaseWorld } from '../shared/world.js';
import { caseWorkflow } from '../workflow.js';

/** The shared facts, for those who work on the case. The person reference stays inside: it is a key, not a fact. */
function sharedFacts(facts: CaseFacts, now: string): object {
  const { person: _inside, consents, overrides, openServices, engagements, ...shown } = facts;
  return {
    ...shown,
    underMinorRules: underMinorRules(facts),
    consents: consents.map((consent) => ({ ...consent, live: isLive(consent, now) })),
    overrides: overrides.map(({ overrideId, ground, recipient, madeAt, review }) => ({
      overrideId, ground, recipient, madeAt, review: review ?? 'DUE',
    })),
    engagements: engagements.map(({ organisation, role, scope, since, until }) => ({ organisation, role, scope, since, until: until ?? null })),
    openServices: openServices.length,
  };
}

/** What a notifier that does not work on the case sees: that its notification arrived and was opened, nothing of the person. */
function ownNotification({ notifiedAt, danger, openedBy }: CaseFacts): object {
  return { notifiedAt, danger, opened: openedBy !== undefined };
}

/** The view, with inside identifiers in fields that end in `Id`. */
export function caseView(caseId: string, state: WorkflowState<CaseWorld>, viewer: Viewer, now: string): object {
  const stages = caseWorkflow.view(state, viewer);
  if (viewer.scope === 'FULL') return { caseId, ...sharedFacts(state.facts, now), stages };
  if (viewer.scope === 'OWN') return { caseId, ...ownNotification(state.facts), stages };
  return { caseId, stages };
}
