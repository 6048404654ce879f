import { Controller, Inject, Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { type ClientProxy, EventPattern, Payload } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { ORDER_PAID, type OrderPaid } from '../orders/order-paid.js';
import { BROKER } from './broker.js';
import { WarehouseService } from './warehouse.service.js';

const PACK = 'warehouse.pack';

/** With a broker: the order goes to the warehouse. The message carries the trace of the payment. */
@Injectable()
export class PackElsewhere {
  constructor(@Inject(BROKER) private readonly broker: ClientProxy) {}

  @OnEvent(ORDER_PAID)
  async send(order: OrderPaid): Promise<void> {
    await lastValueFrom(this.broker.emit(PACK, order), { defaultValue: undefined });
  }
}

/** The warehouse; in this sample it runs in the process of the shop. */
@Controller()
export class WarehouseController {
  constructor(private readonly warehouse: WarehouseService) {}

  @EventPattern(PACK)
  async pack(@Payload() { orderId }: OrderPaid): Promise<void> {
    await this.warehouse.pack(orderId);
  }
}
