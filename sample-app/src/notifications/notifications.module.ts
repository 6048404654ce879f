import { BullModule } from '@nestjs/bullmq';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
import { configuration } from '../configuration.js';
import { Order } from '../orders/order.entity.js';
import { Courier } from './courier.js';
import { LocalCourier } from './local-courier.js';
import { Mailer } from './mailer.js';
import { NotificationsService } from './notifications.service.js';
import { NotificationsProcessor, QUEUE, QueueCourier } from './queue-courier.js';
import { Receipts } from './receipts.js';

const { redisUrl } = configuration;

const queued: ModuleMetadata = {
  imports: [
    BullModule.forRoot({ connection: { url: redisUrl } }),
    BullModule.registerQueue({ name: QUEUE }),
    // Options only: jobs are tracked without it.
    SentryBullMqModule.forRoot({ slowerThan: '10s' }),
  ],
  providers: [{ provide: Courier, useClass: QueueCourier }, NotificationsProcessor],
};
const local: ModuleMetadata = { imports: [], providers: [{ provide: Courier, useClass: LocalCourier }] };
const { imports = [], providers = [] } = redisUrl ? queued : local;

/** Sends receipts and reminders through a queue if Redis is configured, otherwise in this process. */
@Module({
  imports: [TypeOrmModule.forFeature([Order]), ...imports],
  providers: [NotificationsService, Mailer, Receipts, ...providers],
  exports: [Courier],
})
export class NotificationsModule {}
