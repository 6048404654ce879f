import 'nestjs-error-tracker/register';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Controller, Get, Inject } from '@nestjs/common';
import { type Queue, QueueEvents } from 'bullmq';
import { block, start, tell } from './host';
import { InvoicesService } from './shop';

const connection = { host: '127.0.0.1', db: Number(process.env.REDIS_DATABASE) };

tell(async () => {
  const { InvoicesProcessor } = block(0);
  const events = new QueueEvents('invoices', { connection });
  @Controller('orders')
  class Orders {
    constructor(@Inject(getQueueToken('invoices')) readonly queue: Queue) {}
    @Get()
    async order() {
      await this.queue.add('send', { customerId: '7', tenant: 'acme' }, { attempts: 2 });
    }
  }
  const { app, ask, tracker } = await start({
    imports: [
      (await import('nestjs-error-tracker')).SentryModule.forRoot(),
      BullModule.forRoot({ connection }),
      BullModule.registerQueue({ name: 'invoices' }),
    ],
    controllers: [Orders],
    providers: [InvoicesProcessor, InvoicesService],
  });
  await events.waitUntilReady();
  const failed = new Promise((resolve) => events.once('failed', resolve));
  const answers = [await ask('/orders')];
  await failed;
  const { queue } = app.get(Orders);
  await tracker.flush('5s');
  await queue.obliterate({ force: true });
  return answers;
});
