import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { TrackOperation } from 'nestjs-error-tracker';
import { Repository } from 'typeorm';
import { Order } from '../orders/order.entity.js';
import { Mailer } from './mailer.js';

export type NotificationKind = 'receipt' | 'reminder';

/** Writes to customers; called by the queue, or in this process if there is none. */
@Injectable()
export class NotificationsService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly mailer: Mailer,
  ) {}

  @TrackOperation('notifications.deliver', { data: (kind: NotificationKind, orderId: number) => ({ kind, orderId }) })
  async deliver(kind: NotificationKind, orderId: number): Promise<void> {
    const { customerId, paid, total } = await this.orders.findOneByOrFail({ id: orderId });
    const amount = `${(total / 100).toFixed(2)} EUR`;
    if (kind === 'receipt') await this.mailer.send(customerId, `We received ${amount} for order ${orderId}.`);
    else if (!paid) await this.mailer.send(customerId, `Order ${orderId} waits for your payment of ${amount}.`);
  }
}
