/** What one viewer sees of a case: clear facts only, by scope. Source: domain.md 8.3, 8.4, R-14. */
import type { Viewer, WorkflowState } from '#kernel';
import { type CaseFacts, isLive, underMinorRules } from '../shared/facts.js';
import { onlyBroughtIn } from '../shared/taking-part.js';
import type { CaseWorld } from '../shared/world.js';
import { caseWorkflow } from '../workflow.js';

/** The shared facts, for those who work on the case. References to the person and to sealed values stay inside: they are keys, not facts. */
function sharedFacts(facts: CaseFacts, now: string) {
  const {
    person: _inside, recordedAt: _forAudits, established: _inItsNotification, majorityDays: _sealed, openings: _byStage, kept: _forTheClock, objectedAt: _inAssent,
    certified: _inItsDecision, fundings: _byService, contact: _toWhoLeads, consents, overrides, openServices, engagements, ...shown
  } = facts;
  return {
    ...shown,
    underMinorRules: underMinorRules(facts),
    consents: consents.map((consent) => ({ ...consent, live: isLive(consent, now) })),
    overrides: overrides.map(({ overrideId, ground, recipient, madeAt, review, told }) => ({
      overrideId, ground, recipient, madeAt, review: review ?? ('DUE' as const), told: told === true,
    })),
    engagements: engagements.map(({ organisation, role, scope, since, until }) => ({ organisation, role, scope, since, until: until ?? null })),
    openServices: openServices.length,
  };
}

/** What working with the person needs. */
const PARTNERS_FACTS = [
  'country', 'region', 'sex', 'ageBand', 'ageStatus', 'signsOfChildhood', 'danger', 'rightsInformed', 'interpreterNeeded', 'interpreterProvided',
  'assistance', 'guardians', 'assented', 'underMinorRules', 'consents', 'overrides', 'engagements',
] as const;
type SharedFacts = ReturnType<typeof sharedFacts>;
type PartnersFact = (typeof PARTNERS_FACTS)[number];

/** Of a case without its stages, by how the viewer stands to it: the types that these functions answer with. */
export interface CaseViews {
  readonly workingOnIt: SharedFacts;
  readonly broughtIn: Pick<SharedFacts, PartnersFact>;
  readonly itsNotifier: ReturnType<typeof ownNotification>;
}

/** Stages whose own view shows a partner no more than its part. */
export const PARTNERS_STAGES: readonly string[] = ['referral', 'repatriation', 'reintegration'];

/**
 * The shared facts for a partner that was brought in. Not the form of exploitation, nor how she was identified, nor who else
 * helps her and what she agreed to with them: domain.md 8.4, last column.
 */
function partnersFacts(facts: CaseFacts, organisation: string, now: string): Pick<SharedFacts, PartnersFact> {
  const own = {
    consents: facts.consents.filter(({ recipient }) => recipient === organisation),
    overrides: facts.overrides.filter(({ recipient }) => recipient === organisation),
    engagements: facts.engagements.filter((engagement) => engagement.organisation === organisation),
  };
  const all = sharedFacts({ ...facts, ...own }, now);
  return Object.fromEntries(PARTNERS_FACTS.map((name) => [name, all[name]])) as unknown as Pick<SharedFacts, PartnersFact>;
}

/** Stages whose state tells whoever helps in an emergency what the danger is. */
export const EMERGENCY_STAGES: readonly string[] = ['risk-assessment'];

/** What broken glass shows: what working with the person needs, and how great the danger is. Not who else helps her. */
export function emergencyView(caseId: string, state: WorkflowState<CaseWorld>, viewer: Viewer, now: string): object {
  const stages = Object.entries(caseWorkflow.view(state, viewer)).filter(([name]) => EMERGENCY_STAGES.includes(name));
  return { caseId, ...partnersFacts(state.facts, viewer.organisation, now), stages: Object.fromEntries(stages) };
}

/** What a notifier that does not work on the case sees: that its notification arrived and was opened, nothing of the person. */
function ownNotification({ notifiedAt, danger, openedBy }: CaseFacts) {
  return { notifiedAt, danger, opened: openedBy !== undefined };
}

/** The view, with inside identifiers in fields that end in `Id`. */
export function caseView(caseId: string, state: WorkflowState<CaseWorld>, viewer: Viewer, now: string): object {
  const stages = caseWorkflow.view(state, viewer);
  if (viewer.scope === 'FULL' && onlyBroughtIn(state.facts, viewer.organisation)) {
    const part = Object.fromEntries(Object.entries(stages).filter(([name]) => PARTNERS_STAGES.includes(name)));
    return { caseId, ...partnersFacts(state.facts, viewer.organisation, now), stages: part };
  }
  if (viewer.scope === 'FULL') return { caseId, ...sharedFacts(state.facts, now), stages };
  if (viewer.scope === 'OWN') return { caseId, ...ownNotification(state.facts), stages };
  return { caseId, stages };
}
