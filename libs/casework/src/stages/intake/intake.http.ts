/** Bodies of the intake commands: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { AGE_BANDS, CITIZENSHIP_GROUPS, FORM_GROUPS, REGIONS, SEXES } from '#mechanism';
import type { AgeBand, CitizenshipGroup, FormGroup, Region, Sex } from '#mechanism';
import { EXPLOITATION_FORMS, type ExploitationForm } from '../../shared/exploitation-forms.js';
import { CalendarDate, Code, Codes, EmptyBody, Flag, Label, Language, Optional, OrganisationId, Shaped, SomeCodes, Texts, Words } from '../../shared/fields.http.js';
import { CHASE_ENDS, type ChaseEnd } from '../../shared/holders.js';
import type { EndReceivedDataChase } from './chase.js';
import { ERASURE_REASONS, HOLD_GROUNDS } from './erasure.js';
import type { ErasureReason, HoldGround, OrderErasure, PlaceLegalHold } from './erasure.js';
import { MANAGEMENT_DECLINE_REASONS } from './case-manager.js';
import type { AcceptCaseManagement, AssignCaseManager, DeclineCaseManagement, ManagementDeclineReason } from './case-manager.js';
import { CHANNELS, NOTIFICATION_GROUNDS } from './notification.js';
import type { Channel, NotificationGround, NotifyCase, NotifyForStatistics } from './notification.js';
import { AGE_STATUSES, BASIC_NEEDS, INTERPRETATION_MODES } from './person.js';
import type { AgeStatus, BasicNeed, InterpretationMode, RecordAge, RecordBasicNeeds, RecordIdentity, RecordInterpreter } from './person.js';

/**
 * an opaque reference, so nothing that reads like a name (five letters on end) or a personal number (nine digits on
 * end, or twelve in all).
 */
const OWN_REFERENCE = /^(?!.*[A-Z]{5})(?!.*\d{9})(?!(?:\D*\d){12})(?=.*\d)(?=.{3,32}$)[A-Z0-9]+(?:[-/.][A-Z0-9]+)*$/;
const SIGN = /^OBS-[A-Z]{3}-\d{2}$/;
const COUNTY = /^[A-Z]{2}[A-Z0-9]{3}$/;
const COUNTRY = /^[A-Z]{2}$/;
const MONTH = /^20\d{2}-(?:0[1-9]|1[0-2])$/;

export class NotifyCaseBody implements NotifyCase {
  @InClear() @Code(CHANNELS) channel!: Channel;
  @InClear() @SomeCodes(NOTIFICATION_GROUNDS) grounds!: readonly NotificationGround[];
  @InClear() @Code(REGIONS) region!: Region;
  @InClear() @Code(AGE_BANDS) ageBand!: AgeBand;
  @InClear() @Flag() signsOfChildhood!: boolean;
  @InClear() @Code(SEXES) sex!: Sex;
  @InClear() @Code(CITIZENSHIP_GROUPS) citizenship!: CitizenshipGroup;
  @InClear() @Code(FORM_GROUPS) form!: FormGroup;
  @InClear() @Flag() danger!: boolean;
  @InClear() @Flag() interpreterNeeded!: boolean;
  @Personal('assessment') @Optional() @Texts(SIGN, 60) signs?: Personal<readonly string[], 'assessment'>;
  @Personal('contact') @Optional() @Language() language?: Personal<string, 'contact'>;
  @Personal('contact') @Optional() @Shaped(OWN_REFERENCE) ownReference?: Personal<string, 'contact'>;
  @Personal('statistics') @Optional() @Shaped(COUNTY) county?: Personal<string, 'statistics'>;
  @Personal('statistics') @Optional() @Shaped(COUNTRY) citizenshipCountry?: Personal<string, 'statistics'>;
  @Personal('statistics') @Optional() @Code(EXPLOITATION_FORMS) formDetail?: Personal<ExploitationForm, 'statistics'>;
  @Personal('narrative') @Optional() @Words(10_000) account?: Personal<string, 'narrative'>;
}

/** what has no field here can not be told. */
export class NotifyForStatisticsBody implements NotifyForStatistics {
  @InClear() @Shaped(MONTH) month!: string;
  @InClear() @Code(REGIONS) region!: Region;
  @InClear() @Code(AGE_BANDS) ageBand!: AgeBand;
  @InClear() @Flag() signsOfChildhood!: boolean;
  @InClear() @Code(FORM_GROUPS) form!: FormGroup;
}

export class OpenNotificationBody extends EmptyBody {}

export class AssignCaseManagerBody implements AssignCaseManager {
  @InClear() @OrganisationId() manager!: string;
  @InClear() @Optional() @Label() worker?: string;
}

/** The offer stands in the path. */
export class AcceptCaseManagementBody implements Omit<AcceptCaseManagement, 'offerId'> {
  @InClear() @Optional() @Label() worker?: string;
}

/** The offer stands in the path. */
export class DeclineCaseManagementBody implements Omit<DeclineCaseManagement, 'offerId'> {
  @InClear() @Code(MANAGEMENT_DECLINE_REASONS) reason!: ManagementDeclineReason;
}

export class RecordAgeBody implements RecordAge {
  @InClear() @Code(AGE_BANDS) ageBand!: AgeBand;
  @InClear() @Code(AGE_STATUSES) ageStatus!: AgeStatus;
  @Personal('evidence') @Optional() @Words(2_000) evidence?: Personal<string, 'evidence'>;
}

export class RecordIdentityBody implements RecordIdentity {
  @InClear() @Optional() @Label() legalProvision?: string;
  @Personal('identity') @Optional() @Words(200) name?: Personal<string, 'identity'>;
  @Personal('identity') @Optional() @CalendarDate() dateOfBirth?: Personal<string, 'identity'>;
  @Personal('identity') @Optional() @Words(40) personalNumber?: Personal<string, 'identity'>;
  @Personal('identity') @Optional() @Words(40) documentNumber?: Personal<string, 'identity'>;
  @Personal('contact') @Optional() @Words(40) phone?: Personal<string, 'contact'>;
  @Personal('contact') @Optional() @Words(400) address?: Personal<string, 'contact'>;
  @Personal('contact') @Optional() @Words(400) safeContact?: Personal<string, 'contact'>;
}

export class RecordBasicNeedsBody implements RecordBasicNeeds {
  @InClear() @Codes(BASIC_NEEDS) met!: readonly BasicNeed[];
  @InClear() @Codes(BASIC_NEEDS) refused!: readonly BasicNeed[];
}

export class RecordInterpreterBody implements RecordInterpreter {
  @InClear() @Code(INTERPRETATION_MODES) mode!: InterpretationMode;
  @Personal('contact') @Language() language!: Personal<string, 'contact'>;
}

export class PlaceLegalHoldBody implements PlaceLegalHold {
  @InClear() @Code(HOLD_GROUNDS) ground!: HoldGround;
}

/** The hold stands in the path. */
export class LiftLegalHoldBody extends EmptyBody {}

export class EndReceivedDataChaseBody implements Omit<EndReceivedDataChase, 'thingId'> {
  @InClear() @Code(CHASE_ENDS) reason!: ChaseEnd;
}

export class OrderErasureBody implements OrderErasure {
  @InClear() @Code(ERASURE_REASONS) reason!: ErasureReason;
}
