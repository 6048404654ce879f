import { IsInt, IsString } from 'class-validator';

/** The body of `POST /carrier/parcels`. */
export class ParcelUpdate {
  @IsInt()
  readonly orderId!: number;

  @IsString()
  readonly state!: string;
}
