/** Notifications over the opened engines: what they fold, whom they may tell, and how they forget. */
import { TRANSLATORS, caseWorkflow } from '#casework';
import { purge } from '#database';
import type { Fetched } from '#casework/nest';
import { streamOfCase } from '#kernel';
import { forgetNotices, KAFKA_CHANNEL, kafkaWays, markFetched, receivers } from '#notifications';
import { type Notifications, openKafkaPublisher, openNotifications } from '#notifications/nest';
import type { KafkaSettings } from '#platform';
import type { DerivedDataHolder } from '#privacy';
import type { Engines } from './engines.js';

export interface NotificationsSettings {
  /** Address below which references are opened by people. */
  readonly portal: string;
  /** Webhooks to the own machine: the demo only. */
  readonly allowLoopback: boolean;
  /** Broker that every recipient is told on as well. */
  readonly kafka?: KafkaSettings | undefined;
}

/** Opens the notifications of an app. Whether a recipient may be told is decided at each attempt, on the newest facts. */
export async function openNotificationsOn(engines: Engines, { portal, allowLoopback, kafka }: NotificationsSettings): Promise<Notifications> {
  const { store, aliases, clock, directory, operations, cases } = engines;
  const keyring = engines.keys.for();
  return openNotifications({
    store, aliases, clock, portal, allowLoopback,
    database: operations,
    keyring,
    fold: { initial: caseWorkflow.initialState, evolve: (state, event) => caseWorkflow.evolve(state, event), facts: ({ facts }) => facts },
    newest: async (caseId) => (await cases.state(caseId)).facts,
    translate: TRANSLATORS,
    mayReceive: receivers((organisation) => directory.get(organisation)),
    rolesOf: (organisation) => Promise.resolve(directory.get(organisation)?.roles ?? []),
    ...(kafka && { publishers: { [KAFKA_CHANNEL]: await openKafkaPublisher(kafka, clock) }, ways: kafkaWays(keyring) }),
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
