/** Bodies of the commands on proceedings and compensation. No field takes words: statements and evidence have no place here. */
import { InClear, Personal } from '#kernel';
import { Code, Count, EmptyBody, Optional, Parts, Shaped } from '../../shared/fields.http.js';
import { COMPENSATION_CLAIMS, PROCEEDINGS_STATUSES, VOUCHER_OUTCOMES } from './proceedings.js';
import type {
  Accompaniment, CompensationClaim, ProceedingsStatus, RecordCompensationVoucher, RecordProceedings, VoucherOutcome,
} from './proceedings.js';

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** A part of `RecordProceedingsBody.accompaniments`, sealed with it as a whole. */
export class AccompanimentPart implements Accompaniment {
  @Shaped(DAY) on!: string;
  @Count(1, 1440) minutes!: number;
}
export class RecordProceedingsBody implements RecordProceedings {
  @Personal('proceedings') @Code(PROCEEDINGS_STATUSES) status!: Personal<ProceedingsStatus, 'proceedings'>;
  @Personal('proceedings') @Optional() @Shaped(DAY) since?: Personal<string, 'proceedings'>;
  @Personal('proceedings') @Optional() @Shaped(DAY) nextDate?: Personal<string, 'proceedings'>;
  @Personal('proceedings') @Optional() @Parts(() => AccompanimentPart, 100) accompaniments?: Personal<readonly Accompaniment[], 'proceedings'>;
  @Personal('proceedings') @Optional() @Code(COMPENSATION_CLAIMS) compensation?: Personal<CompensationClaim, 'proceedings'>;
}
export class RequestCompensationVoucherBody extends EmptyBody {}
export class RecordCompensationVoucherBody implements RecordCompensationVoucher {
  @InClear() @Code(VOUCHER_OUTCOMES) outcome!: VoucherOutcome;
}
