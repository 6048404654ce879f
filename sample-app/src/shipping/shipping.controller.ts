import { Controller, Get, Param, ParseIntPipe, UseGuards } from '@nestjs/common';
import { AuthGuard, User } from '../auth/auth.guard.js';
import type { LoggedIn } from '../auth/shop-request.js';
import { OrdersService } from '../orders/orders.service.js';
import { ShippingService } from './shipping.service.js';

@Controller('orders/:id/parcel')
@UseGuards(AuthGuard)
export class ShippingController {
  constructor(
    private readonly orders: OrdersService,
    private readonly shipping: ShippingService,
  ) {}

  @Get()
  async track(@User() user: LoggedIn, @Param('id', ParseIntPipe) id: number): Promise<unknown> {
    const order = await this.orders.find(id, user.id);
    return this.shipping.parcelOf(order.id);
  }
}
