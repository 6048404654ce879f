import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import { ErrorTracker } from 'nestjs-error-tracker';
import { Monitor } from 'nestjs-error-tracker/schedule';
import { Repository } from 'typeorm';
import { Order } from './order.entity.js';

/** How many orders wait for their payment: the first figure that moves if the checkout is broken without an error. */
@Injectable()
export class OpenOrders {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly tracker: ErrorTracker,
  ) {}

  /** Checks in with Sentry by itself; the name is that of the monitor. A count that fails once is no reason to wake anyone. */
  @Cron(CronExpression.EVERY_MINUTE, { name: 'open-orders' })
  @Monitor({ maxRuntime: '1m', failureIssueThreshold: 3 })
  async count(): Promise<void> {
    this.tracker.metrics.gauge('shop.orders.open', await this.orders.countBy({ paid: false }));
  }
}
