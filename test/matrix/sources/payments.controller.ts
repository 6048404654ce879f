import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { PaymentsService } from './payments.plugin.cjs';

interface Payment {
  card: string;
  email: string;
  password: string;
}

@Controller('payments')
export class PaymentsController {
  constructor(private readonly payments: PaymentsService) {}

  @Get('declined')
  declined(): { paid: boolean } {
    return this.payments.charge(12);
  }

  @Get('refunded')
  refunded(): never {
    return this.payments.refund();
  }

  @Post()
  @HttpCode(200)
  pay(@Body() { card, email }: Payment): never {
    return this.payments.quote(card, email);
  }
}
