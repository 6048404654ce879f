import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { AuthGuard, User } from '../auth/auth.guard.js';
import type { LoggedIn } from '../auth/shop-request.js';
import { OrdersService } from '../orders/orders.service.js';
import { NewPayment } from './new-payment.js';
import type { Charge } from './payment-gateway.js';
import { PaymentsService } from './payments.service.js';

@Controller('payments')
@UseGuards(AuthGuard)
export class PaymentsController {
  constructor(
    private readonly orders: OrdersService,
    private readonly payments: PaymentsService,
  ) {}

  @Post()
  async pay(@User() user: LoggedIn, @Body() { orderId, card }: NewPayment): Promise<Charge> {
    return this.payments.charge(await this.orders.find(orderId, user.id), card);
  }
}
