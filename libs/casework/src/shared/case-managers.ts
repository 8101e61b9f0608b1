/** Who may lead a case. Source: domain.md 1.1 CM, 2.4 C2, 6.3 T13. */
import { Rejection } from '#kernel';
import type { Reference } from '#mechanism';

/** @throws Rejection where the organisation is no active case manager of the directory: nobody would be left to the person */
export function checkManager(manager: string, { organisations }: Reference): void {
  const entry = organisations.get(manager);
  if (entry?.status === 'ACTIVE' && entry.roles.includes('CM')) return;
  throw new Rejection('rule-broken', 'not-a-case-manager', 'the organisation is no active case manager of the directory');
}
