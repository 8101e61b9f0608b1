/** Who must hear of a deadline, step by step: who owes it, who leads the case, who coordinates. The ladder says which. */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import type { Notice } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';
import type { DeadlineWarned } from './deadlines.js';
import { STEPS, type Step, TOLD } from './ladder.js';

/** Organisations that owe it: the one that is named, or all that hold the role on the case. */
function owners({ organisation, owedByRole }: DeadlineWarned, facts: CaseFacts): readonly string[] {
  if (organisation !== undefined) return [organisation];
  const leading = leaders(facts);
  // What the person may do until then, whoever leads the case tells her.
  if (owedByRole === 'CM' || owedByRole === 'PERSON') return leading;
  return owedByRole === 'DPO' && leading.length > 0 ? leading : coordination(facts);
}

function recipients(step: Step, data: DeadlineWarned, facts: CaseFacts): readonly string[] {
  if (TOLD[step] === 'NRM_COORD') return coordination(facts);
  return TOLD[step] === 'SUP' ? [...owners(data, facts), ...leaders(facts)] : owners(data, facts);
}

export function translate({ type, data, stream }: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const step = STEPS.find((one) => one === type);
  if (step === undefined) return [];
  const about = data as DeadlineWarned;
  const owing = owners(about, after);
  const caseId = caseOfStream(stream) ?? '';
  return [...new Set(recipients(step, about, after))].map((recipient) => ({
    recipient, thing: owing.includes(recipient) ? (about.thingId ?? caseId) : caseId, recall: false,
    // A moment that is over is no moment by which to answer.
    ...(step === 'DeadlineWarned' ? { replyBy: about.dueAt } : {}),
  }));
}
