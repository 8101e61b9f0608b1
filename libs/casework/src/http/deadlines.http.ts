/** The deadline board. */
import { Controller, Get } from '@nestjs/common';
import type { CaseRequest } from '#platform';
import { closed, CurrentRequest, DocumentedRead, FLAG, IDENTIFIER, list, MOMENT_TEXT, TEXT } from '#platform/nest';
import { DEADLINE_STATES, DeadlineDesk } from '../edge/deadline-desk.js';

const DEADLINES = closed(
  {
    deadlines: list(closed(
      { deadline: TEXT, thingId: IDENTIFIER, caseId: IDENTIFIER, by: MOMENT_TEXT, overdue: FLAG, mine: FLAG, organisation: TEXT, role: TEXT },
      ['caseId', 'organisation', 'role'],
    )),
    next: { ...TEXT, description: 'Send it as `after`; absent on the last page.' },
  },
  ['next'],
);

@Controller()
export class DeadlineController {
  constructor(private readonly desk: DeadlineDesk) {}

  @Get('/v1/deadlines')
  @DocumentedRead({
    summary: 'Who owes what by when, soonest first: what the organisation owes, what is owed on cases that it leads, and to the coordination what is overdue or due soon.',
    tag: 'deadlines', operationId: 'listDeadlines', answer: DEADLINES, problems: ['cursor-invalid', 'query-invalid', 'newer-events'],
    query: {
      state: `${DEADLINE_STATES.join(' or ')}; absent: both.`, until: 'Due before this: ISO 8601 with zone.', after: '`next` of the page before.',
    },
  })
  page(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.desk.page(request);
  }
}
