/** Notifications over the opened engines: what they fold, whom they may tell, and how they forget. */
import { TRANSLATORS, caseWorkflow } from '#casework';
import { purge } from '#database';
import type { Fetched } from '#casework/nest';
import { streamOfCase } from '#kernel';
import { forgetNotices, markFetched, receivers } from '#notifications';
import { type Notifications, openNotifications } from '#notifications/nest';
import type { DerivedDataHolder } from '#privacy';
import type { Engines } from './engines.js';

export interface NotificationsSettings {
  /** Address below which references are opened by people. */
  readonly portal: string;
  /** Webhooks to the own machine: the demo only. */
  readonly allowLoopback: boolean;
}

/** Opens the notifications of an app. Whether a recipient may be told is decided at each attempt, on the newest facts. */
export function openNotificationsOn(engines: Engines, { portal, allowLoopback }: NotificationsSettings): Promise<Notifications> {
  const { store, aliases, clock, directory, operations, cases } = engines;
  return openNotifications({
    store, aliases, clock, portal, allowLoopback,
    database: operations,
    keyring: engines.keys.for(),
    fold: { initial: caseWorkflow.initialState, evolve: (state, event) => caseWorkflow.evolve(state, event), facts: ({ facts }) => facts },
    newest: async (caseId) => (await cases.state(caseId)).facts,
    translate: TRANSLATORS,
    mayReceive: receivers((organisation) => directory.get(organisation)),
    rolesOf: (organisation) => Promise.resolve(directory.get(organisation)?.roles ?? []),
  });
}

/**
 * Forgets what was said about an erased case, and how its commands ended: a fingerprint is an HMAC of personal data. The
 * bytes go from the files too, since a notice joins the name that a partner knew with the case.
 */
export function noticesOf({ operations, commands }: Engines): DerivedDataHolder {
  return {
    name: 'notices and commands',
    forget: async ({ caseId, holders }) => {
      await forgetNotices(operations, caseId, holders);
      await commands.forget(streamOfCase(caseId));
      await purge(operations, ['commands', 'deliveries', 'notices']);
    },
  };
}

/** A partner that opened what a notice pointed to has fetched it. */
export function fetchedOf({ operations }: Engines): Fetched {
  return (organisation, thing, at) => markFetched(operations, organisation, thing, at);
}
