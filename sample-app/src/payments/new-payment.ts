import { Type } from 'class-transformer';
import { IsDefined, IsInt, ValidateNested } from 'class-validator';
import { Card } from './card.js';

export class NewPayment {
  @IsInt()
  readonly orderId!: number;

  @IsDefined()
  @ValidateNested()
  @Type(() => Card)
  readonly card!: Card;
}
