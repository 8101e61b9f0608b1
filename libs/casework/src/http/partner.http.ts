/** What partners read: what waits for them, and the referral behind a notice. */
import { Controller, Get } from '@nestjs/common';
import type { CaseRequest } from '#platform';
import { CurrentRequest } from '#platform/nest';
import { type InboxItem, PartnerDesk } from '../edge/partner-desk.js';

@Controller()
export class PartnerController {
  constructor(private readonly desk: PartnerDesk) {}

  @Get('/v1/inbox')
  inbox(@CurrentRequest() request: CaseRequest): Promise<{ readonly items: readonly InboxItem[] }> {
    return this.desk.inbox(request);
  }

  @Get('/v1/referrals/:referralId')
  referral(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.desk.referral(request);
  }
}
