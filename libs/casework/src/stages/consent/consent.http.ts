/** Bodies of the consent commands: shape and classification of every field. Identifiers of things stand in the path. */
import { InClear, Personal } from '#kernel';
import { CONSENT_GIVERS, CONSENT_PURPOSES, DISCLOSURE_GROUNDS } from '#mechanism';
import type { ConsentGiver, ConsentPurpose, DisclosureGround } from '#mechanism';
import { Code, Codes, Countries, Label, Optional, OrganisationId, SomeCodes, Words } from '../../shared/fields.http.js';
import { ASSENT_OUTCOMES, CONSENT_FORMS, DATA_CATEGORIES, WITHDRAWN_BY } from './agreement.js';
import type { AssentOutcome, ConsentForm, DataCategory, GiveConsent, RecordAssent, WithdrawConsent } from './agreement.js';
import { TELLING_OUTCOMES, type TellingOutcome, type TellOfDisclosure } from './disclosure-told.js';
import { CONTENT_CODES, REVIEW_RESULTS } from './override.js';
import type { ContentCode, DiscloseWithoutConsent, ReviewOverride } from './override.js';
import type { RefuseConsent } from './refusal.js';
import { ALL_PURPOSES, STATED_BY, STATEMENT_MEDIA } from './withdrawal.js';
import type { StateWithdrawal } from './withdrawal.js';

export class GiveConsentBody implements GiveConsent {
  @InClear() @Code(CONSENT_PURPOSES) purpose!: ConsentPurpose;
  @InClear() @Optional() @OrganisationId() recipient?: string;
  @InClear() @Optional() @Countries() countries?: readonly string[];
  @InClear() @Optional() @Codes(DATA_CATEGORIES) dataCategories?: readonly DataCategory[];
  @InClear() @Code(CONSENT_GIVERS) giver!: ConsentGiver;
  @InClear() @Code(CONSENT_FORMS) form!: ConsentForm;
  @InClear() @Label() infoSheetVersion!: string;
  @Personal('evidence') @Optional() @Words(2_000) evidence?: Personal<string, 'evidence'>;
  @Personal('proceedings') @Optional() @Words(200) courtDecision?: Personal<string, 'proceedings'>;
}

export class WithdrawConsentBody implements Omit<WithdrawConsent, 'consentId'> {
  @InClear() @Code(WITHDRAWN_BY) by!: WithdrawConsent['by'];
}

export class RefuseConsentBody implements RefuseConsent {
  @InClear() @Code(CONSENT_PURPOSES) purpose!: ConsentPurpose;
  @InClear() @Optional() @OrganisationId() recipient?: string;
  @InClear() @Code(WITHDRAWN_BY) by!: RefuseConsent['by'];
}

export class StateWithdrawalBody implements StateWithdrawal {
  @InClear() @Code([...CONSENT_PURPOSES, ALL_PURPOSES]) purpose!: StateWithdrawal['purpose'];
  @InClear() @Optional() @OrganisationId() recipient?: string;
  @InClear() @Code(STATED_BY) by!: StateWithdrawal['by'];
  @InClear() @Code(STATEMENT_MEDIA) medium!: StateWithdrawal['medium'];
  @Personal('narrative') @Optional() @Words(4_000) words?: Personal<string, 'narrative'>;
}

export class RecordAssentBody implements RecordAssent {
  @InClear() @Code(ASSENT_OUTCOMES) outcome!: AssentOutcome;
  @Personal('narrative') @Optional() @Words(4_000) views?: Personal<string, 'narrative'>;
}

export class DiscloseWithoutConsentBody implements DiscloseWithoutConsent {
  @InClear() @Code(DISCLOSURE_GROUNDS) ground!: DisclosureGround;
  @InClear() @OrganisationId() recipient!: string;
  @InClear() @SomeCodes(CONTENT_CODES) contents!: readonly ContentCode[];
  @Personal('narrative') @Words(4_000) reason!: Personal<string, 'narrative'>;
}

export class ReviewOverrideBody implements Omit<ReviewOverride, 'overrideId'> {
  @InClear() @Code(REVIEW_RESULTS) result!: ReviewOverride['result'];
}

export class TellOfDisclosureBody implements Omit<TellOfDisclosure, 'overrideId'> {
  @InClear() @Code(TELLING_OUTCOMES) outcome!: TellingOutcome;
}
