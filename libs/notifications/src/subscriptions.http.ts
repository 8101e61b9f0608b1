/** Webhook subscriptions and their dead letters: an organisation's own, and nobody else's. */
import { Controller, Delete, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { InClear, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { type Caller, type CaseRequest, validate } from '#platform';
import { CurrentRequest, DocumentedRead, DocumentedWrite } from '#platform/nest';
import { commandIdOf } from '#privacy';
import { DELIVERIES, DELIVERY, NEW_SUBSCRIPTION, SUBSCRIPTION, SUBSCRIPTIONS } from './answers.http.js';
import { deliveriesTo, type Delivery, redeliver } from './deliveries.js';
import { NOTIFICATIONS, type Notifications } from './nest/notifications.js';
import type { NewSubscription, Subscription, SubscriptionWish } from './subscriptions.js';

/** Roles in which an organisation works with others on a case, and so is told of something. */
const SUBSCRIBER_ROLES: readonly Role[] = ['SP', 'CM', 'RET_ORG'];

export class SubscriptionBody {
  /** Where messages are posted: https, port 443 or 8443, a public address. */
  @InClear() @IsString() @MinLength(1) @MaxLength(2_048) url!: string;
}

/** Says all by its name. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a body without fields is still a body: it forbids them
export class RedeliveryBody {}

@Controller('v1/subscriptions')
export class SubscriptionsController {
  constructor(@Inject(NOTIFICATIONS) private readonly notifications: Notifications) {}

  /** Answers with the secret that signs the messages; it is shown here only. */
  @Post()
  @DocumentedWrite({
    summary: 'Subscribes a server of the organisation to its notices.',
    tag: 'partners',
    operationId: 'subscribe',
    body: SubscriptionBody,
    statuses: [201],
    ifMatch: false,
    answer: NEW_SUBSCRIPTION,
    problems: [
      'role-not-allowed',
      'webhook-address-refused',
      'too-many-subscriptions',
      'idempotency-key-reused',
      'wrong-state',
    ],
  })
  async subscribe(
    @CurrentRequest() request: CaseRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewSubscription> {
    const wish = await this.wishOf(request);
    const { url } = validate(SubscriptionBody, request.body);
    const made = await this.notifications.subscriptions.subscribe(wish, url);
    void reply.header('location', `/v1/subscriptions/${made.id}`);
    return made;
  }

  @Get()
  @DocumentedRead({
    summary: 'Live subscriptions of the organisation.',
    tag: 'partners',
    operationId: 'listSubscriptions',
    answer: SUBSCRIPTIONS,
  })
  async list(@CurrentRequest() { caller }: CaseRequest): Promise<{ subscriptions: readonly Subscription[] }> {
    return { subscriptions: await this.notifications.subscriptions.of(caller.organisation) };
  }

  @Get(':subscriptionId')
  @DocumentedRead({
    summary: 'One live subscription.',
    tag: 'partners',
    operationId: 'readSubscription',
    answer: SUBSCRIPTION,
    problems: ['not-found'],
  })
  async one(@CurrentRequest() { caller, path }: CaseRequest): Promise<Subscription> {
    return found(await this.notifications.subscriptions.one(caller.organisation, path['subscriptionId'] ?? ''));
  }

  @Delete(':subscriptionId')
  @HttpCode(204)
  @DocumentedWrite({
    summary: 'Ends a subscription; its address is forgotten.',
    tag: 'partners',
    operationId: 'endSubscription',
    statuses: [204],
    ifMatch: false,
    problems: ['role-not-allowed', 'not-found'],
  })
  async end(@CurrentRequest() request: CaseRequest): Promise<void> {
    const wish = await this.wishOf(request);
    if (!(await this.notifications.subscriptions.end(wish, request.path['subscriptionId'] ?? ''))) found(undefined);
  }

  private async wishOf({ caller, idempotencyKey = '', correlationId }: CaseRequest): Promise<SubscriptionWish> {
    const { organisation, actor } = caller;
    const role = await roleOf(caller, this.notifications);
    const commandId = commandIdOf(this.notifications.keyring, organisation, idempotencyKey);
    return { organisation, actor, role, commandId, correlationId };
  }
}

@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(NOTIFICATIONS) private readonly notifications: Notifications) {}

  /** What was given up: messages that the own server did not take for days. */
  @Get()
  @DocumentedRead({
    summary: 'Messages that were given up: the own server did not take them for days.',
    tag: 'partners',
    operationId: 'listDeadDeliveries',
    answer: DELIVERIES,
    problems: ['role-not-allowed'],
  })
  async dead(@CurrentRequest() { caller }: CaseRequest): Promise<{ deliveries: readonly Delivery[] }> {
    await roleOf(caller, this.notifications);
    return { deliveries: await deliveriesTo(this.notifications.database, caller.organisation, 'dead') };
  }

  @Post(':deliveryId/redelivery')
  @HttpCode(200)
  @DocumentedWrite({
    summary: 'Tries a given-up message again.',
    tag: 'partners',
    operationId: 'redeliver',
    body: RedeliveryBody,
    statuses: [200],
    ifMatch: false,
    answer: DELIVERY,
    problems: ['role-not-allowed', 'not-found'],
  })
  async redeliver(@CurrentRequest() { caller, path, body }: CaseRequest): Promise<Delivery> {
    await roleOf(caller, this.notifications);
    validate(RedeliveryBody, body);
    const { database, clock } = this.notifications;
    const delivery = found(await redeliver(database, caller.organisation, path['deliveryId'] ?? '', clock));
    this.notifications.wake();
    return delivery;
  }
}

/** @throws Rejection `role-not-allowed` unless directory and token both say so */
async function roleOf({ organisation, roles }: Caller, { rolesOf }: Notifications): Promise<Role> {
  const held = await rolesOf(organisation);
  const role = SUBSCRIBER_ROLES.find((one) => roles.includes(one) && held.includes(one));
  if (role !== undefined) return role;
  throw new Rejection('not-allowed', 'role-not-allowed', 'only organisations that work on cases are told by webhook', {
    roles: SUBSCRIBER_ROLES,
  });
}

function found<T>(thing: T | undefined): T {
  if (thing !== undefined) return thing;
  throw new Rejection('unknown', 'not-found', 'there is no such thing');
}
