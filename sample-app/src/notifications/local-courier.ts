import { Injectable } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';
import type { Courier } from './courier.js';
import { type NotificationKind, NotificationsService } from './notifications.service.js';

/** Without Redis: notifications are delivered by a timer in this process, once, and do not survive a restart. */
@Injectable()
export class LocalCourier implements Courier {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly tracker: ErrorTracker,
  ) {}

  send(kind: NotificationKind, orderId: number, delay = 0): Promise<void> {
    setTimeout(() => {
      // The timer starts in the scope of the request; its work has a scope of its own.
      this.tracker.isolate(() => {
        this.notifications.deliver(kind, orderId).catch((error: unknown) => this.tracker.captureException(error));
      });
    }, delay).unref();
    return Promise.resolve();
  }
}
