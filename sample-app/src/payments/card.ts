import { IsCreditCard, Matches } from 'class-validator';

export class Card {
  @IsCreditCard()
  readonly number!: string;

  @Matches(/^\d\d\/\d\d$/)
  readonly expiry!: string;

  @Matches(/^\d{3,4}$/)
  readonly cvc!: string;
}
