import { InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import type { Courier } from './courier.js';
import { type NotificationKind, NotificationsService } from './notifications.service.js';

export const QUEUE = 'notifications';

interface Notification {
  orderId: number;
}

/** With Redis: notifications survive a restart, and each is tried three times. */
@Injectable()
export class QueueCourier implements Courier {
  constructor(@InjectQueue(QUEUE) private readonly queue: Queue<Notification, void, NotificationKind>) {}

  async send(kind: NotificationKind, orderId: number, delay = 0): Promise<void> {
    const backoff = { type: 'exponential', delay: 1_000 };
    await this.queue.add(kind, { orderId }, { attempts: 3, backoff, delay, removeOnComplete: true });
  }
}

/** A job continues the trace of the request that added it, and is reported if its last attempt fails. */
@Processor(QUEUE)
export class NotificationsProcessor extends WorkerHost {
  constructor(private readonly notifications: NotificationsService) {
    super();
  }

  async process({ name, data }: Job<Notification, void, NotificationKind>): Promise<void> {
    await this.notifications.deliver(name, data.orderId);
  }
}
