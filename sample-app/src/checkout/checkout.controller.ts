import { Body, Controller, Post } from '@nestjs/common';
import { CheckoutService } from './checkout.service.js';
import { GuestCheckout } from './guest-checkout.js';

@Controller('checkout')
export class CheckoutController {
  constructor(private readonly checkout: CheckoutService) {}

  @Post()
  async buy(@Body() purchase: GuestCheckout): Promise<{ invoice: string }> {
    return { invoice: await this.checkout.buy(purchase) };
  }
}
