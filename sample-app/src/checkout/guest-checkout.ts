import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { Credentials } from '../auth/credentials.js';
import { NewOrder } from '../orders/new-order.js';
import { Card } from '../payments/card.js';

/** All that somebody without an account gives to buy something at once. */
export class GuestCheckout {
  @IsDefined()
  @ValidateNested()
  @Type(() => Credentials)
  readonly account!: Credentials;

  @IsDefined()
  @ValidateNested()
  @Type(() => NewOrder)
  readonly order!: NewOrder;

  @IsDefined()
  @ValidateNested()
  @Type(() => Card)
  readonly card!: Card;
}
