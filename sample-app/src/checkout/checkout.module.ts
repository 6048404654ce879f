import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { InvoiceRenderer } from '../invoices/invoice-renderer.js';
import { OrdersModule } from '../orders/orders.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutService } from './checkout.service.js';

@Module({
  imports: [AuthModule, OrdersModule, PaymentsModule],
  controllers: [CheckoutController],
  providers: [CheckoutService, InvoiceRenderer],
})
export class CheckoutModule {}
