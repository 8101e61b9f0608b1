/** Events that stand outside the case streams. A projection passes over them knowingly, and stops at what nobody named. */
export const OTHER_EVENTS: readonly string[] = [
  'OrganisationRegistered', 'ProviderAccredited', 'ProviderSuspended', 'ProviderReinstated',
  'PolicyPublished', 'PolicyActivated', 'CataloguePublished', 'InstrumentPublished',
  'IdentityViewed', 'AccessRefused', 'AccessRefusalsCounted',
  'HeadsSigned', 'MandateGranted', 'MandateRevoked',
  'SubscriptionMade', 'SubscriptionEnded',
];
