/**
 * Which command passes which door, over all stages: the named rules stand in the workflow as data, so one page can say what is
 * still possible for whom. A command that is new must be thought about here when it leaves out a rule that others keep.
 */
import { describe, expect, it } from '@jest/globals';
import type { When } from '#kernel';
import { type CaseWorld, type GuardName, caseWorkflow } from '#casework';

const COMMANDS = caseWorkflow.stages.flatMap((stage) =>
  Object.entries(stage.commands as Record<string, { when: When<CaseWorld> }>).map(([name, { when }]) => ({ name, when })),
);

const keeping = (guard: GuardName): readonly string[] => COMMANDS.filter(({ when }) => when.requires?.includes(guard)).map(({ name }) => name).sort();
const without = (guard: GuardName): readonly string[] => COMMANDS.filter(({ when }) => !when.requires?.includes(guard)).map(({ name }) => name).sort();
/** What starts from a state of something: where there is no case, or none about a person, there is no such thing. */
const startsFromSomething = (name: string): boolean => COMMANDS.find((command) => command.name === name)?.when.from !== undefined;

describe('a command', () => {
  it('is about a case that exists, but for the two that make one, and one that answers as if there were none', () => {
    expect(without('case-exists').filter((name) => !startsFromSomething(name))).toEqual(['BreakGlass']);
  });

  it('is about a person, or about something that only a case about a person can have', () => {
    // A hold, a consent and a disclosure are things too; each of these finds it by its identifier.
    expect(without('about-a-person').filter((name) => !startsFromSomething(name))).toEqual(
      ['BreakGlass', 'ExpireConsent', 'LiftLegalHold', 'ReportOverdueReview', 'ReviewBreakGlass', 'ReviewOverride', 'TellOfDisclosure', 'WithdrawConsent'],
    );
  });

  it('stops once erasure is ordered, but for what ends, withdraws, reviews or erases', () => {
    expect(without('not-erased').filter((name) => name !== 'NotifyCase' && name !== 'NotifyForStatistics')).toEqual([
      'AnswerFormalRequestDeletion', 'BreakGlass', 'CancelReferral', 'CancelReturn', 'ConfirmDeletion', 'ConfirmErasure', 'ConfirmReturnDeletion', 'DeclineCaseManagement', 'DeclineReferral', 'EndDeletionChase', 'EndReceivedDataChase', 'EndService', 'EscalateReferral',
      'ExpireConsent', 'ExpireReferral', 'FindReturnNotSafe', 'HoldService', 'LiftLegalHold', 'OpenNotification', 'OrderErasure', 'RecordJourneyFailure', 'ReportOverdueReview',
      'ReviewBreakGlass', 'ReviewOverride', 'StateWithdrawal', 'WithdrawConsent',
    ]);
  });

  it('waits for a reopening when it begins something new for the person', () => {
    expect(keeping('case-open')).toEqual([
      'AcceptReferral', 'AcknowledgeReceivingRequest', 'AddGoal', 'AgreePlan', 'AgreeSafetyPlan', 'AgreeSupportPlan', 'ApproveReturn',
      'AssessNeeds', 'AssessRisk', 'AssignCaseManager', 'ChangeCasePolicy', 'CheckBeforeDeparture', 'CloseGoal', 'CompleteScreening', 'ConfirmReceivingAssessment',
      'ConfirmSendingAssessment', 'EndPlan', 'ExpireRiskAssessment', 'FollowUpReturn', 'GiveConsent', 'GiveReturnInformation', 'LowerRiskByProtectiveFactors',
      'OfferReflectionPeriod', 'OverrideReturnRisk', 'Presume', 'QueueReferral', 'RecordContactAttempt', 'RecordNotNow', 'RecordReferralImpossible', 'RequestCompensationVoucher', 'RequestFormalIdentification',
      'RequestReferral', 'RequestReturn', 'RequestServiceFunding', 'ReviewPlan', 'ScreenOut', 'SendReceivingRequest', 'StartReflectionPeriod', 'StartService',
      'TriggerReassessment',
    ]);
  });

  it('needs a natural person where it decides about one', () => {
    expect(keeping('by-a-person')).toEqual([
      'AcceptCaseManagement', 'AcceptHandover', 'AgreePlan', 'AgreeSafetyPlan', 'AgreeSupportPlan', 'AppointGuardian', 'ApproveClosure', 'ApproveReturn', 'BreakGlass', 'ChangeCasePolicy',
      'CheckBeforeDeparture', 'CompleteScreening', 'DecideServiceFunding', 'DiscloseWithoutConsent', 'EndDeletionChase', 'EndReceivedDataChase', 'EndReflectionPeriod', 'ExtendReflectionPeriod',
      'FindReturnNotSafe', 'FlagGuardianConflict', 'FollowUpReturn', 'LiftLegalHold', 'LowerRiskByProtectiveFactors', 'OpenNotification',
      'OrderErasure', 'OverrideReturnRisk', 'PlaceLegalHold', 'Presume', 'ProposeClosure', 'RecordAssent', 'RecordContactAttempt', 'RecordFormalDecision', 'RecordMajority',
      'RecordNotNow', 'RejectClosure', 'ReplaceGuardian', 'ReviewBreakGlass', 'ReviewOverride', 'ReviewPlan', 'ScreenOut', 'TellOfDisclosure',
    ]);
  });

  it('of consent comes after rights and interpreter, from who may give it, to who is known (R-4, R-5)', () => {
    expect(keeping('rights-informed')).toEqual(['GiveConsent', 'OfferReflectionPeriod']);
    expect(keeping('lawful-giver')).toEqual(['GiveConsent']);
    expect(keeping('interpreter-where-needed')).toEqual(['GiveConsent', 'GiveReturnInformation', 'InformOfRights', 'OfferReflectionPeriod', 'RecordAssent']);
    expect(keeping('known-recipient')).toEqual(['DiscloseWithoutConsent', 'GiveConsent', 'RefuseConsent']);
    expect(keeping('under-minor-rules')).toEqual(['AppointGuardian', 'RecordAssent', 'ReplaceGuardian']);
  });

  it('towards a return waits for the person while she has time to reflect (INV-5)', () => {
    expect(keeping('own-wish-while-reflecting')).toEqual([
      'ApproveReturn', 'CheckBeforeDeparture', 'ConfirmSendingAssessment', 'RecordDeparture', 'RequestReturn', 'SendReceivingRequest',
    ]);
  });

  it('on a return is taken by who takes part in it', () => {
    expect(keeping('party-of-the-return')).toEqual([
      'CancelReturn', 'CheckBeforeDeparture', 'FindReturnNotSafe', 'OverrideReturnRisk', 'RecordArrival', 'RecordDeparture', 'RecordJourneyFailure', 'RecordTransit',
    ]);
  });

  it('of help asks for nothing of the person but to be POTENTIAL (R-1)', () => {
    const help = ['RecordBasicNeeds', 'RequestReferral', 'AcceptReferral', 'StartService', 'RecordSession', 'AssessRisk'];
    const asked = COMMANDS.filter(({ name }) => help.includes(name)).flatMap(({ when }) => when.requires ?? []);
    expect([...new Set(asked)].sort()).toEqual(['about-a-person', 'case-exists', 'case-open', 'not-erased']);
    // A plan is made with her, by people.
    const plan = COMMANDS.find(({ name }) => name === 'AgreePlan')?.when.requires;
    expect(plan).toEqual(['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person']);
  });
});

describe('who has no access to a case now', () => {
  it('says what the person told them, and does nothing else without being addressed', () => {
    expect(COMMANDS.filter(({ when }) => when.inContact === true).map(({ name }) => name)).toEqual(['StateWithdrawal']);
  });
});

describe('who found the person, once another leads', () => {
  it('helps, acts in danger, takes back what she agreed to, and passes on that she wants somebody else to lead', () => {
    expect(COMMANDS.filter(({ when }) => when.firstContact === true).map(({ name }) => name)).toEqual([
      'RecordBasicNeeds', 'WithdrawConsent', 'DiscloseWithoutConsent', 'AskForOtherManager',
    ]);
  });
});

describe('who has no access and was never asked', () => {
  it('breaks the glass, and does nothing else', () => {
    const uninvited = COMMANDS.filter(({ when }) => when.uninvited === true);
    expect(uninvited.map(({ name }) => name)).toEqual(['BreakGlass']);
    // What it is refused for is told before the case is looked at, or as of a case that is not there.
    expect(uninvited.flatMap(({ when }) => when.requires ?? [])).toEqual(['by-a-person']);
  });
});

describe('what rests on a disclosure that nobody reviewed in time', () => {
  it('is nothing that is asked anew, but for an emergency (R-3)', () => {
    const asked = COMMANDS.filter(({ when }) => when.consent?.reviewedInTime === true).map(({ name }) => name);
    expect(asked).toEqual(['RequestFormalIdentification', 'RequestReferral']);
    const going = COMMANDS.filter(({ when }) => when.consent?.orGround !== undefined && when.consent.reviewedInTime === undefined).map(({ name }) => name);
    expect(going).toEqual(['AcceptReferral', 'QueueReferral', 'StartService']);
  });
});

describe('what opens with consent', () => {
  it('opens with consent for that purpose, and who receives', () => {
    const doors = COMMANDS.filter(({ when }) => when.consent !== undefined).map(({ name, when }) => [name, when.consent?.purpose, when.consent?.recipient]);
    expect(Object.fromEntries(doors.map(([name, purpose, recipient]) => [name, [purpose, recipient]]))).toEqual({
      RequestFormalIdentification: ['FORMAL_IDENTIFICATION_REQUEST', 'authority'],
      RequestReferral: ['REFERRAL', 'recipient'],
      AcceptReferral: ['REFERRAL', '(caller)'],
      QueueReferral: ['REFERRAL', '(caller)'],
      StartService: ['SERVICE_DELIVERY', '(caller)'],
      ConfirmSendingAssessment: ['RETURN', 'operator'],
      SendReceivingRequest: ['RETURN', 'receiver'],
      AcknowledgeReceivingRequest: ['RETURN', 'receiver'],
      ConfirmReceivingAssessment: ['RETURN', 'receiver'],
      ApproveReturn: ['RETURN', 'receiver'],
      CheckBeforeDeparture: ['RETURN', 'operator'],
      RecordDeparture: ['RETURN', 'operator'],
      AcceptHandover: ['SERVICE_DELIVERY', 'receiver'],
      FollowUpReturn: ['FOLLOW_UP', '(caller)'],
    });
  });
});
