import 'nestjs-error-tracker/register';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { block, start, tell } from './host';
import { PaymentGateway } from './shop';

tell(async () => {
  const { CardPayments, CardDeclinedFilter } = block(0);
  @Controller('payments')
  class Payments {
    constructor(@Inject(CardPayments) private readonly payments: any) {}
    @Get(':id')
    pay(@Param('id') id: string) {
      return this.payments.charge({ id, total: 12, customerId: '7', items: [] });
    }
  }
  const filter = { provide: APP_FILTER, useClass: CardDeclinedFilter };
  const { ask, tracker } = await start({ controllers: [Payments], providers: [CardPayments, PaymentGateway, filter] });
  const answers = [await ask('/payments/fine'), await ask('/payments/declined'), await ask('/payments/down')];
  await tracker.flush('5s');
  return answers;
});
