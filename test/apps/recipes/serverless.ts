import 'nestjs-error-tracker/register';
import { Controller, Get } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { block, start, tell } from './host';
import { given } from './shop';

@Controller()
class Front {
  @Get('orders/:id')
  order() {
    throw new Error('of an invocation');
  }
}

tell(async () => {
  const { app, tracker } = await start({ controllers: [Front] }, [new FastifyAdapter()]);
  given.application = Promise.resolve(app);
  given.handle = async (nest, url) => (await nest.inject({ url })).statusCode;
  const flushed: unknown[] = [];
  const { flush } = tracker;
  // With more patience than on a cloud: this machine may be busy.
  tracker.flush = (timeout) => {
    flushed.push(timeout);
    return flush.call(tracker, '30s');
  };
  return { status: await block(0).handler('/orders/42'), flushed }; // the handler flushes; nothing here does
});
