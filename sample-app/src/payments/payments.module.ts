import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OrdersModule } from '../orders/orders.module.js';
import { PaymentDeclinedFilter } from './payment-declined.filter.js';
import { PaymentGateway } from './payment-gateway.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsService } from './payments.service.js';

@Module({
  imports: [OrdersModule],
  controllers: [PaymentsController],
  providers: [PaymentsService, PaymentGateway, { provide: APP_FILTER, useClass: PaymentDeclinedFilter }],
  exports: [PaymentsService],
})
export class PaymentsModule {}
