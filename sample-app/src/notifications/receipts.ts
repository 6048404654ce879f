import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ORDER_PAID, type OrderPaid } from '../orders/order-paid.js';
import { Courier } from './courier.js';

/** The handler keeps the user and the trace of the payment; if it fails, the payment has still succeeded, and one event says so. */
@Injectable()
export class Receipts {
  constructor(private readonly courier: Courier) {}

  @OnEvent(ORDER_PAID)
  async send({ orderId }: OrderPaid): Promise<void> {
    await this.courier.send('receipt', orderId);
  }
}
