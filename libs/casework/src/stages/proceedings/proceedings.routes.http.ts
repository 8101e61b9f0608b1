/** Writes of proceedings and compensation. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  RecordCompensationVoucherBody,
  RecordProceedingsBody,
  RequestCompensationVoucherBody,
} from './proceedings.http.js';

const VOUCHER = '/v1/cases/:caseId/compensation-voucher';

export const PROCEEDINGS_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/proceedings',
    command: 'RecordProceedings',
    body: RecordProceedingsBody,
    records: 'where she stands towards criminal proceedings, sealed; never statements or evidence',
  },
  {
    path: VOUCHER,
    command: 'RequestCompensationVoucher',
    body: RequestCompensationVoucherBody,
    records: 'that she was referred for an advance on compensation',
    rejects: ['voucher-not-provided'],
  },
  {
    path: `${VOUCHER}/outcome`,
    command: 'RecordCompensationVoucher',
    body: RecordCompensationVoucherBody,
    records: 'whether the advance reached her',
  },
];
