import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';

export class OrderLine {
  @IsString()
  readonly sku!: string;

  @IsInt()
  @Min(1)
  @Max(100)
  readonly quantity!: number;
}

export class Address {
  @IsString()
  readonly street!: string;

  @IsString()
  readonly city!: string;
}

/** The body of `POST /orders`. */
export class NewOrder {
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => OrderLine)
  readonly lines!: OrderLine[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  readonly address!: Address; // the bug of this sample: optional, but its type does not say so
}
