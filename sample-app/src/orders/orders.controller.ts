import { Body, Controller, Get, Param, ParseIntPipe, Post, UseGuards } from '@nestjs/common';
import { AuthGuard, User } from '../auth/auth.guard.js';
import type { LoggedIn } from '../auth/shop-request.js';
import { NewOrder } from './new-order.js';
import type { Order } from './order.entity.js';
import { OrdersService } from './orders.service.js';

@Controller('orders')
@UseGuards(AuthGuard)
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  place(@User() user: LoggedIn, @Body() order: NewOrder): Promise<Order> {
    return this.orders.place(user.id, order);
  }

  @Get()
  list(@User() user: LoggedIn): Promise<Order[]> {
    return this.orders.listOf(user.id);
  }

  @Get(':id')
  find(@User() user: LoggedIn, @Param('id', ParseIntPipe) id: number): Promise<Order> {
    return this.orders.find(id, user.id);
  }
}
