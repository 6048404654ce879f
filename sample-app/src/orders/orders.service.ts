import { Injectable, NotFoundException, UnprocessableEntityException } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectRepository } from '@nestjs/typeorm';
import { TrackOperation } from 'nestjs-error-tracker';
import { Repository } from 'typeorm';
import { Courier } from '../notifications/courier.js';
import { catalogue } from './catalogue.js';
import type { NewOrder, OrderLine } from './new-order.js';
import { ORDER_PAID, type OrderPaid } from './order-paid.js';
import { Order } from './order.entity.js';

/** Milliseconds after which a customer who has not paid is reminded. */
const REMINDER_DELAY = 24 * 60 * 60 * 1_000;

@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly courier: Courier,
    private readonly events: EventEmitter2,
  ) {}

  @TrackOperation('orders.place', {
    data: (customerId: number, { lines }: NewOrder) => ({ customerId, lines: lines.length }),
    result: ({ id, total }: Order) => ({ orderId: id, total }),
  })
  async place(customerId: number, { lines, address }: NewOrder): Promise<Order> {
    const order = await this.orders.save(
      this.orders.create({ customerId, lines, address, total: totalOf(lines), paid: false }),
    );
    await this.courier.send('reminder', order.id, REMINDER_DELAY);
    return order;
  }

  async listOf(customerId: number): Promise<Order[]> {
    return this.orders.find({ where: { customerId }, order: { id: 'DESC' }, take: 50 });
  }

  /** An order that does not exist or belongs to another customer is an expected 404, so it is not reported. */
  async find(id: number, customerId: number): Promise<Order> {
    const order = await this.orders.findOneBy({ id, customerId });
    if (!order) throw new NotFoundException(`Order ${id} does not exist`);
    return order;
  }

  async markPaid(order: Order): Promise<void> {
    order.paid = true;
    const { affected } = await this.orders.update({ id: order.id, paid: false }, { paid: true });
    // Of two requests for one order, the first one lets it be packed.
    if (affected === 1) this.events.emit(ORDER_PAID, { orderId: order.id } satisfies OrderPaid);
  }
}

function totalOf(lines: OrderLine[]): number {
  return lines.reduce((total, { sku, quantity }) => {
    const product = catalogue.get(sku);
    if (!product) throw new UnprocessableEntityException(`The shop does not sell ${sku}`);
    return total + product.price * quantity;
  }, 0);
}
