import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { Credentials } from '../auth/credentials.js';
import { NewOrder } from '../orders/new-order.js';
import { Card } from '../payments/card.js';

/** The body of `POST /checkout`: everything needed to buy without an account. */
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
