/** Bodies of the commands on the reflection period: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { Code, EmptyBody, Optional, OrganisationId, SomeCodes } from '../../shared/fields.http.js';
import { EXTENSION_REASONS, OFFER_MEDIA } from './beginning.js';
import type { ExtendReflectionPeriod, ExtensionReason, OfferMedium, OfferReflectionPeriod } from './beginning.js';
import { END_REASONS } from './ending.js';
import type { EndReason, EndReflectionPeriod } from './ending.js';

export class OfferReflectionPeriodBody implements OfferReflectionPeriod {
  @InClear() @SomeCodes(OFFER_MEDIA) media!: readonly OfferMedium[];
}
export class StartReflectionPeriodBody extends EmptyBody {}
export class DeclineReflectionPeriodBody extends EmptyBody {}
export class ExtendReflectionPeriodBody implements ExtendReflectionPeriod {
  @Personal('health') @Code(EXTENSION_REASONS) reason!: Personal<ExtensionReason, 'health'>;
}
export class EndReflectionPeriodBody implements EndReflectionPeriod {
  @InClear() @Optional() @OrganisationId() authority?: string;
  @Personal('proceedings') @Code(END_REASONS) reason!: Personal<EndReason, 'proceedings'>;
}
