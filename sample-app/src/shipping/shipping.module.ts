import { CacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { SentryHttpClientModule } from 'nestjs-error-tracker/http-client';
import { OrdersModule } from '../orders/orders.module.js';
import { CarrierController } from './carrier.controller.js';
import { Carrier } from './carrier.js';
import { ShippingController } from './shipping.controller.js';
import { ShippingService } from './shipping.service.js';

@Module({
  imports: [
    OrdersModule,
    CacheModule.register(),
    SentryHttpClientModule.forRoot({ services: { '127.0.0.1': 'carrier' }, slowerThan: '2s' }),
  ],
  controllers: [ShippingController, CarrierController],
  providers: [Carrier, ShippingService],
})
export class ShippingModule {}
