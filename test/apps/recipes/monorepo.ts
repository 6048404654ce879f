import { Controller, Get, Req } from '@nestjs/common';
import { block, start, tell } from './host';

@Controller()
class Front {
  @Get('fails')
  fails(@Req() _request: unknown) {
    throw Object.assign(new Error('of an application of a monorepo'), { cause: undefined });
  }
}

tell(async () => {
  block(0); // apps/api/src/instrument.ts
  const { ask, tracker } = await start({ controllers: [Front] });
  for (let time = 0; time < 10; time++) await ask('/fails');
  tracker.captureMessage('a form', { extra: { 'tax number': '12/345/67890', city: 'Berlin' } });
  await tracker.flush('5s');
});
