/**
 * Criteria of act, means and purpose as data: as many boxes as annex 1 of Latvia's Cabinet Regulation 344 has (5, 8 and 4), and
 * one for what no box names. The boxes' own words were not read: these are ours, after the Palermo Protocol art. 3(a) and (b).
 * Source: domain.md 2.2.
 */
export const ACT_MEANS_PURPOSE = [
  ['ACT-01', 'ACT', 'recruited'],
  ['ACT-02', 'ACT', 'transported'],
  ['ACT-03', 'ACT', 'transferred'],
  ['ACT-04', 'ACT', 'harboured'],
  ['ACT-05', 'ACT', 'received'],
  ['ACT-99', 'ACT', 'another act, described'],
  ['MEA-01', 'MEANS', 'threatened'],
  ['MEA-02', 'MEANS', 'force or another form of coercion used'],
  ['MEA-03', 'MEANS', 'abducted'],
  ['MEA-04', 'MEANS', 'fraud used'],
  ['MEA-05', 'MEANS', 'deceived'],
  ['MEA-06', 'MEANS', 'power abused'],
  ['MEA-07', 'MEANS', 'position of vulnerability abused'],
  ['MEA-08', 'MEANS', 'payment or benefit given to who has control over the person'],
  ['MEA-99', 'MEANS', 'other means, described'],
  ['EXP-01', 'EXPLOITATION', 'sexual exploitation'],
  ['EXP-02', 'EXPLOITATION', 'forced labour or services'],
  ['EXP-03', 'EXPLOITATION', 'slavery, practices like it, or servitude'],
  ['EXP-04', 'EXPLOITATION', 'removal of organs'],
  ['EXP-99', 'EXPLOITATION', 'other exploitation, described'],
] as const;
