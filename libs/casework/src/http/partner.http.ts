/** What partners read: what waits for them, and the referral behind a notice. */
import { Controller, Get } from '@nestjs/common';
import type { CaseRequest } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { type InboxItem, PartnerDesk } from '../edge/partner-desk.js';
import { INBOX, REFERRAL } from './answers.js';

@Controller()
export class PartnerController {
  constructor(private readonly desk: PartnerDesk) {}

  @Get('/v1/inbox')
  @DocumentedRead({ summary: 'What the organisation owes, soonest first.', tag: 'partners', operationId: 'readInbox', answer: INBOX, problems: ['newer-events'] })
  inbox(@CurrentRequest() request: CaseRequest): Promise<{ readonly items: readonly InboxItem[] }> {
    return this.desk.inbox(request);
  }

  @Get('/v1/referrals/:referralId')
  @DocumentedRead({
    summary: 'A referral, as its addressee may see it now.', tag: 'partners', operationId: 'readReferral', answer: REFERRAL, problems: ['not-found', 'newer-events'],
  })
  referral(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.desk.referral(request);
  }
}
