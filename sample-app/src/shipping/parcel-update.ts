import { IsInt, IsString, MaxLength } from 'class-validator';

/** The body of `POST /carrier/parcels`. */
export class ParcelUpdate {
  @IsInt()
  readonly orderId!: number;

  @IsString()
  @MaxLength(40)
  readonly state!: string;
}
