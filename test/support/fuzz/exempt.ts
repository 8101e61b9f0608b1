/**
 * Refusals that no single request brings about, because the case must first be in a state that the stories of the fuzz
 * test do not bring it into, or that the house does not leave it in. Each is shown by a specification instead, and the
 * fuzz test checks that there is one.
 */
import type { Exempt } from './coverage.js';

const once = (because: string, codes: Readonly<Record<string, readonly string[]>>): readonly Exempt[] =>
  Object.entries(codes).map(([code, operations]) => ({ code, operations, because }));

export const EXEMPT: readonly Exempt[] = [
  ...once('stands only between the order of an erasure and its end, when the names of the case go too', {
    'person-erased': ['acceptCaseManagement', 'acceptHandover', 'acceptReferral', 'acknowledgeReceivingRequest', 'confirmReceivingAssessment', 'giveFeedback', 'placeLegalHold', 'queueReferral', 'recordSession', 'resumeService', 'startService', 'stateWithdrawal', 'triggerReassessment'],
  }),
  ...once('a case is not closed while what the command is about still runs', {
    'case-closed': ['addGoal', 'acceptReferral', 'acknowledgeReceivingRequest', 'approveReturn', 'checkBeforeDeparture', 'closeGoal', 'confirmReceivingAssessment', 'confirmSendingAssessment', 'giveReturnInformation', 'overrideReturnRisk', 'queueReferral', 'sendReceivingRequest', 'startService'],
  }),
  ...once('nothing that the command is about can be in such a case: its state is refused first', {
    'statistics-only': ['placeLegalHold'],
  }),
  ...once('the clock takes back what a withdrawal ended before anything else comes', {
    'consent-missing': ['acceptHandover', 'acceptReferral', 'acknowledgeReceivingRequest', 'approveReturn', 'checkBeforeDeparture', 'confirmReceivingAssessment', 'confirmSendingAssessment', 'queueReferral', 'recordDeparture', 'requestFormalIdentification', 'requestReferral', 'sendReceivingRequest', 'startService'],
    'consent-still-live': ['cancelReferral'],
  }),
  ...once('needs an assessment that is missing or ran out at that very step', {
    'risk-missing': ['agreeSafetyPlan', 'approveClosure', 'approveReturn', 'confirmReceivingAssessment', 'confirmSendingAssessment', 'overrideReturnRisk', 'reviewPlan'],
    'risk-expired': ['approveClosure', 'approveReturn', 'confirmReceivingAssessment', 'confirmSendingAssessment', 'lowerRiskByProtectiveFactors', 'overrideReturnRisk', 'proposeClosure', 'requestReferral', 'reviewPlan'],
  }),
  ...once('needs the same person to come again at a step that can be taken once only', {
    'second-person-required': ['approveClosure', 'approveReturn', 'checkBeforeDeparture', 'lowerRiskByProtectiveFactors', 'reviewOverride', 'screenOut'],
  }),
  ...once('needs a case of a child, or of a person with an interpreter, at that step', {
    'interpreter-missing': ['giveConsent', 'giveReturnInformation', 'offerReflectionPeriod', 'recordAssent'],
    'not-yet-supported': ['approveReturn', 'recordDeparture', 'requestReturn'],
    'not-a-minor': ['appointGuardian', 'replaceGuardian'],
    'age-needs-document': ['recordAge', 'recordMajority'],
  }),
  ...once('needs a day to pass over a disclosure that nobody reviews, or days between a check and the journey', {
    'override-review-overdue': ['requestFormalIdentification', 'requestReferral'], 'pre-departure-check-old': ['recordDeparture'],
  }),
  ...once('needs a refusal of an authority less than two weeks ago', { 'move-on-running': ['approveClosure', 'proposeClosure'], 'service-goes-on': ['endService'] }),
  ...once('needs a level of risk at that step', {
    'return-risk-critical': ['approveReturn', 'overrideReturnRisk'], 'return-risk-high': ['approveReturn'], 'risk-too-high': ['approveClosure', 'proposeClosure'],
    'critical-risk-stays': ['lowerRiskByProtectiveFactors'], 'lowest-risk-already': ['lowerRiskByProtectiveFactors'],
    'core-items-missing': ['assessRisk', 'lowerRiskByProtectiveFactors'], 'form-does-not-fit': ['assessRisk'], 'risk-item-unknown': ['assessRisk'],
  }),
  ...once('needs a guardian or a child in one state at that step', { 'child-must-be-heard': ['giveConsent'], 'guardian-conflicted': ['giveConsent'], 'child-needs-case': ['notifyForStatistics'] }),
  ...once('needs one decider, one body or one moment at that step', {
    'decider-not-authorised': ['presume', 'recordFormalDecision', 'requestFormalIdentification'], 'decision-final': ['requestReconsideration'],
    'out-of-time': ['requestReconsideration'], 'reason-missing': ['recordFormalDecision', 'requestReconsideration'],
    'decision-too-early': ['recordFormalDecision'], 'commission-incomplete': ['recordFormalDecision'], 'certificate-never-refuses': ['recordFormalDecision'], 'reception-not-ready': ['approveReturn'], 'services-open': ['approveClosure', 'proposeClosure'],
    'own-notification': ['openNotification'], 'opened-to-oneself': ['discloseWithoutConsent', 'giveConsent'], 'deletion-not-owed': ['confirmDeletion'], 'referral-already-open': ['requestReferral'],
    'role-not-allowed': ['stateWithdrawal', 'withdrawConsent', 'triggerReassessment'], 'wrong-state': ['endPlan', 'reviewPlan', 'subscribe'], 'witness-missing': ['informOfRights'],
    'setting-not-safe': ['completeScreening'], 'profile-does-not-fit-age': ['completeScreening'], 'ground-missing': ['notifyCase'], 'ground-needs-urgency': ['requestReferral'],
    'recipient-unknown': ['giveConsent', 'requestReturn', 'stateWithdrawal'],
  }),
  ...once('needs a country that gives the period to some only, ends it on cooperation, or gives no advance', {
    'voucher-not-provided': ['requestCompensationVoucher'], 'reflection-not-applicable': ['offerReflectionPeriod', 'startReflectionPeriod'], 'reflection-too-short': ['endReflectionPeriod'],
  }),
  ...once('needs a return that somebody else asked for, and a period that began after it', {
    'reflection-running': ['approveReturn', 'checkBeforeDeparture', 'confirmSendingAssessment', 'recordDeparture', 'sendReceivingRequest'],
  }),
  ...once('needs a provider that was suspended, is far away or takes no children', {
    'provider-not-active': ['requestReferral'], 'provider-not-for-minors': ['requestReferral'], 'provider-out-of-area': ['requestReferral'],
  }),
  ...once('needs a report with small figures, or one that is cut otherwise', { 'dimension-invalid': ['readReport'], 'export-would-disclose': ['readReport'] }),
  ...once('the step changes what a repeat of it meets', { 'idempotency-key-reused': ['orderErasure', 'subscribe', 'endDeletionChase'], 'position-invalid': ['readFeed'], 'body-invalid': ['endSubscription'] }),
];
