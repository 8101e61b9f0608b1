/** Notifications as a Nest module: the routes that partners use, and the notifier where an app runs it. */
import {
  type DynamicModule,
  Inject,
  Injectable,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CanNotServe, HealthChecks } from '#platform/nest';
import { FeedController } from './feed.http.js';
import { NOTIFICATIONS, type Notifications } from './nest/notifications.js';
import { DeliveriesController, SubscriptionsController } from './subscriptions.http.js';

export { FeedController } from './feed.http.js';
export { openKafkaPublisher } from './nest/kafka.js';
export * from './nest/notifications.js';
export { DeliveriesController, SubscriptionBody, SubscriptionsController } from './subscriptions.http.js';

/** Runs the notifier for as long as the app lives. */
@Injectable()
export class NotifierRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
  ) {}

  onApplicationBootstrap(): void {
    const { notifier } = this.notifications;
    // A notifier that nobody told from where to push serves its feed: it is reported by `health()`, not as a failure.
    this.checks.register('notifier', async () => {
      const health = await notifier.health();
      if (health.status === 'stopped' || health.status === 'failing') throw new CanNotServe(health);
    });
    this.running = notifier.run(this.stop.signal);
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.running;
    await this.notifications.close();
  }
}

export interface NotificationsModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject: readonly InjectionToken[];
  readonly useFactory: (...injected: never[]) => Promise<Notifications>;
  /** Whether this app runs the notifier; one that only serves the feed does not. */
  readonly run: boolean;
}

@Module({ controllers: [FeedController, SubscriptionsController, DeliveriesController] })
export class NotificationsModule {
  static register({ imports = [], inject, useFactory, run }: NotificationsModuleOptions): DynamicModule {
    const notifications = { provide: NOTIFICATIONS, inject: [...inject], useFactory };
    const providers = run ? [notifications, NotifierRunner] : [notifications];
    return { module: NotificationsModule, imports, providers, exports: [NOTIFICATIONS] };
  }
}
