/**
 * Country policy of the United Kingdom, version UK/2026-1, as data. The guidance of 2026 is unread (O-7).
 * Source: domain.md 1.3, 2.2, 2.3, 2.9.
 */
import { DEFAULTS_2026_1 } from './defaults-2026-1.js';
import { proposed, recalled, sourced } from './stated.js';

const ACT_2015 = 'Modern Slavery Act 2015';
const ACT_2022 = 'Nationality and Borders Act 2022';
const PILOT = 'Home Office, guidance on devolved decision-making for children';

export const UNITED_KINGDOM_2026_1 = {
  format: 2,
  country: 'UK',
  version: 'UK/2026-1',
  timeZone: 'Europe/London',
  holidays: 'GB',
  values: {
    ...DEFAULTS_2026_1,
    'id.rule': sourced('TWO_STAGE', `${PILOT}: reasonable grounds, then conclusive grounds on the balance of probabilities`),
    'id.catalogue': proposed('AMP/1', 'the definition in act, means and purpose; the statutory indicators are unread'),
    'id.group_minima': proposed(
      { adult: { ACT: 1, MEANS: 1, EXPLOITATION: 1 }, minor: { ACT: 1, MEANS: 0, EXPLOITATION: 1 } },
      'the definition; an objective factor beside the account since January 2023',
    ),
    'id.commission_members': proposed([], 'no commission decides; panels for children are a pilot'),
    'id.formal_deciders': recalled(['SCA'], 'Single Competent Authority; what became of the second authority is unknown'),
    'id.presumption_deciders': recalled(['SCA'], 'Single Competent Authority'),
    'id.notify_to': recalled(['SCA'], 'portal of the Single Competent Authority'),
    'id.presumption_days': sourced({ workingDays: 5 }, `${PILOT}: where possible`),
    'id.presumption_days_minor': sourced({ days: 45 }, 'Youth Justice Legal Centre: panels for children, first stage'),
    'id.formal_earliest': sourced({ days: 30 }, `${PILOT}: no target, not before 30 calendar days`),
    'id.minor_route': recalled(['CP_AUTH'], 'local authority; no consent needed'),
    'notify.adult_identity': sourced('CONSENT', `${ACT_2015} s. 52(3)`),
    'notify.listed_bodies': sourced(
      [
        'police', 'councils', 'UK Visas and Immigration', 'Border Force', 'Immigration Enforcement', 'National Crime Agency',
        'Gangmasters and Labour Abuse Authority', 'health and social care trusts (Northern Ireland)', 'Salvation Army',
        'Migrant Help', 'Medaille Trust', 'Kalayaan', "Barnardo's", 'Unseen', 'TARA', 'NSPCC', 'BAWSO', 'New Pathways',
        'Refugee Council',
      ],
      'asylum policy instruction; medway.gov.uk',
    ),
    'rrp.days': sourced({ days: 30 }, `${ACT_2022} s. 61: at least`),
    'rrp.start_trigger': sourced('PRESUMPTION', `${ACT_2022} s. 61: the day of the positive reasonable-grounds decision`),
    'rrp.count_mode': sourced('INCLUSIVE', `${ACT_2022} s. 61: 30 days beginning with that day`),
    'rrp.end_rule': sourced('LATER_OF_DECISION', `${ACT_2022} s. 61: the later of the decision and the 30 days`),
    'service.move_on': recalled({ days: 45 }, 'support after the conclusive decision'),
    'service.max_days': recalled('NONE', 'until the conclusive decision and the time to move on'),
    'reconsider.days': sourced({ days: 30 }, 'Home Office, reconsideration policy: calendar days'),
    'reconsider.once': recalled(true, 'statutory guidance: a single request'),
  },
} as const;
