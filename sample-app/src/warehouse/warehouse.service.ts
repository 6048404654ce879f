import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { Alerts } from 'nestjs-error-tracker/alerts';
import { setTimeout as wait } from 'node:timers/promises';
import { Repository } from 'typeorm';
import { Order } from '../orders/order.entity.js';
import { Shelves } from './shelves.js';

const FEW = 10;
/** Milliseconds that the printer needs. */
const LABEL_TIME = 20;

@Injectable()
export class WarehouseService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly shelves: Shelves,
    private readonly tracker: ErrorTracker,
    private readonly alerts: Alerts,
  ) {}

  /** Fails if there is less on a shelf than was sold: the shop does not look before it sells. */
  @TrackOperation('warehouse.pack', { data: (orderId: number) => ({ orderId }) })
  async pack(orderId: number): Promise<void> {
    const { customerId, lines } = await this.orders.findOneByOrFail({ id: orderId });
    this.tracker.setUser({ id: String(customerId) }); // a message of a broker does not say whose order it is
    this.tracker.setContext('parcel', { lines });
    for (const { sku, quantity } of lines) this.shelves.take(sku, quantity);
    // A part of a method that is worth a span of its own.
    await this.tracker.track('warehouse.label', () => wait(LABEL_TIME));
    await this.askForMore(lines.map(({ sku }) => sku).filter((sku) => this.shelves.left(sku) < FEW));
  }

  /** Nothing has failed, but somebody has to act: an alert by hand, to the channel of the warehouse. */
  private async askForMore(skus: string[]): Promise<void> {
    if (skus.length === 0) return;
    await this.alerts.notify('console', { title: `Nearly sold out: ${skus.join(', ')}`, severity: 'warning' });
  }
}
