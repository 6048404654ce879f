import { Module } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import alerts from './alerts.js';
import { AuthModule } from './auth/auth.module.js';
import type { ShopRequest } from './auth/shop-request.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { ShippingModule } from './shipping/shipping.module.js';

@Module({
  imports: [
    SentryModule.forRoot({
      user: ({ user }: ShopRequest) => user && { id: String(user.id), email: user.email },
      context: { tags: ({ headers }: ShopRequest) => ({ channel: String(headers['x-channel'] ?? 'web') }) },
      operations: { slowerThan: '2s' },
      alerts,
      health: { path: '/health/sentry' },
      budgets: { 'GET /orders/:id': '1s', 'POST /payments': '5s' },
    }),
    DatabaseModule,
    AuthModule,
    OrdersModule,
    PaymentsModule,
    CheckoutModule,
    ShippingModule,
    HealthModule,
  ],
})
export class AppModule {}
