import { Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ScheduleModule } from '@nestjs/schedule';
import { SentryModule } from 'nestjs-error-tracker';
import type { IncomingHttpHeaders } from 'node:http';
import alerts from './alerts.js';
import { AuthModule } from './auth/auth.module.js';
import { readToken, tokenOf } from './auth/session.js';
import type { LoggedIn, ShopRequest } from './auth/shop-request.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PageModule } from './page/page.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { CarrierBusyError } from './shipping/carrier-busy.error.js';
import { ShippingModule } from './shipping/shipping.module.js';
import { WarehouseModule } from './warehouse/warehouse.module.js';

/** As errors of the API and of the page name a customer. */
const userOf = ({ id, email }: LoggedIn) => ({ id: String(id), email });

/** Nobody, if the session has ended: the page may still report errors. */
async function visitorOf(headers: IncomingHttpHeaders) {
  const token = tokenOf(headers);
  return token && readToken(token).then(userOf, () => undefined);
}

@Module({
  imports: [
    SentryModule.forRoot({
      user: ({ user }: ShopRequest) => user && userOf(user),
      // Also asked for messages of the broker, which have no headers.
      context: { tags: ({ headers }: Partial<ShopRequest>) => ({ channel: String(headers?.['x-channel'] ?? 'web') }) },
      capture: { ignore: [CarrierBusyError] }, // its 503 would be reported like any other
      logger: { levels: { verbose: false } }, // no breadcrumbs of what only helps on a developer's machine
      operations: { slowerThan: '2s' },
      alerts,
      health: { path: '/health/sentry' },
      tunnel: { path: '/monitoring', user: ({ headers }) => visitorOf(headers) }, // errors of the page: page/shop.js
      budgets: { 'GET /orders/:id': '1s', 'POST /payments': '5s' },
    }),
    EventEmitterModule.forRoot(),
    ScheduleModule.forRoot(),
    DatabaseModule,
    AuthModule,
    OrdersModule,
    PaymentsModule,
    CheckoutModule,
    ShippingModule,
    WarehouseModule,
    HealthModule,
    PageModule,
  ],
})
export class AppModule {}
