import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ORDER_PAID, type OrderPaid } from '../orders/order-paid.js';
import { WarehouseService } from './warehouse.service.js';

/** Without a broker: the warehouse is in this process. */
@Injectable()
export class PackHere {
  constructor(private readonly warehouse: WarehouseService) {}

  @OnEvent(ORDER_PAID)
  async pack({ orderId }: OrderPaid): Promise<void> {
    await this.warehouse.pack(orderId);
  }
}
