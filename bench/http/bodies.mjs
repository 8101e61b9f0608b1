// What is asked: a notification with an account, and met needs.
export const NOTIFICATION = JSON.stringify({
  channel: 'OUTREACH',
  grounds: ['OBSERVED_SIGNS'],
  region: 'RO11',
  ageBand: '26-40',
  signsOfChildhood: false,
  sex: 'FEMALE',
  citizenship: 'THIS_COUNTRY',
  form: 'LABOUR',
  danger: false,
  interpreterNeeded: false,
  account: 'Found at the roadside at dawn. Says the farmer has her papers.',
});
export const NEEDS = JSON.stringify({ met: ['FOOD', 'SLEEP'], refused: ['CLOTHING'] });
