/** Bodies of the commands on needs and plan: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { SERVICE_CODES, type ServiceCode } from '#mechanism';
import { CONTACT_CHANNELS, type ContactChannel } from '../../shared/contact.js';
import { Code, Codes, Flag, Optional, SomeCodes, Words } from '../../shared/fields.http.js';
import type { AgreeContactChannels, RecordContactAttempt } from './contact.js';
import { SPECIAL_NEEDS, SUPPORT_PLAN_AGREEMENTS } from './case-management.js';
import type { AgreeSupportPlan, AskForOtherManager, AssessNeeds, SpecialNeed, SupportPlanAgreement } from './case-management.js';

export class AssessNeedsBody implements AssessNeeds {
  @InClear() @SomeCodes(SERVICE_CODES) needs!: readonly ServiceCode[];
  @InClear() @Flag() partial!: boolean;
  @Personal('health') @Optional() @Codes(SPECIAL_NEEDS) specialNeeds?: Personal<readonly SpecialNeed[], 'health'>;
}
export class AgreeSupportPlanBody implements AgreeSupportPlan {
  @InClear() @Optional() @Code(SUPPORT_PLAN_AGREEMENTS) agreement?: SupportPlanAgreement;
  @Personal('narrative') @Words(20_000) plan!: Personal<string, 'narrative'>;
}
export class AskForOtherManagerBody implements AskForOtherManager {
  @Personal('narrative') @Optional() @Words(2_000) wish?: Personal<string, 'narrative'>;
}
export class AgreeContactChannelsBody implements AgreeContactChannels {
  @InClear() @Codes(CONTACT_CHANNELS) channels!: readonly ContactChannel[];
  @Personal('contact') @Optional() @Words(400) how?: Personal<string, 'contact'>;
}
export class RecordContactAttemptBody implements RecordContactAttempt {
  @InClear() @Code(CONTACT_CHANNELS) channel!: ContactChannel;
  @InClear() @Flag() reached!: boolean;
}
