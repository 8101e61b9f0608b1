/** Writes of the reflection period. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  DeclineReflectionPeriodBody,
  EndReflectionPeriodBody,
  ExtendReflectionPeriodBody,
  OfferReflectionPeriodBody,
  StartReflectionPeriodBody,
} from './reflection-period.http.js';

const PERIOD = '/v1/cases/:caseId/reflection-period';

export const REFLECTION_PERIOD_ROUTES: readonly FactRoute[] = [
  {
    path: `${PERIOD}/offer`,
    command: 'OfferReflectionPeriod',
    body: OfferReflectionPeriodBody,
    records: 'that the person was told of the time to recover',
    rejects: ['reflection-not-due', 'reflection-not-applicable'],
  },
  {
    path: `${PERIOD}/start`,
    command: 'StartReflectionPeriod',
    body: StartReflectionPeriodBody,
    records: 'that the reflection period runs, and until when',
    rejects: ['reflection-not-due', 'reflection-not-applicable'],
  },
  {
    path: `${PERIOD}/decline`,
    command: 'DeclineReflectionPeriod',
    body: DeclineReflectionPeriodBody,
    records: 'that the person wants no reflection period now; all help stays',
  },
  {
    path: `${PERIOD}/extension`,
    command: 'ExtendReflectionPeriod',
    body: ExtendReflectionPeriodBody,
    records: 'that the period ends later',
  },
  {
    path: `${PERIOD}/end`,
    command: 'EndReflectionPeriod',
    body: EndReflectionPeriodBody,
    records: 'that the period is over; all help stays',
    rejects: ['decider-not-authorised', 'cooperation-ends-nothing', 'not-departed', 'reflection-too-short'],
  },
];
