import { Controller, Get } from '@nestjs/common';
import { block, start, tell } from './host';

tell(async () => {
  block(0);
  @Controller()
  class Front {
    @Get('fails')
    fails() {
      throw new Error('again and again');
    }
    @Get('payments/:id')
    pay() {
      return {};
    }
  }
  const { ask, tracker } = await start({ controllers: [Front] });
  for (let time = 0; time < 10; time++) await ask('/fails');
  await ask('/payments/1');
  await tracker.flush('5s');
  return tracker.status().capture;
});
