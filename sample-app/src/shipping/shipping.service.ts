import { Injectable } from '@nestjs/common';
import { TrackOperation } from 'nestjs-error-tracker';
import { Carrier } from './carrier.js';

@Injectable()
export class ShippingService {
  constructor(private readonly carrier: Carrier) {}

  /** Each call of the carrier is a breadcrumb; an error of `fetch` says which call has failed. */
  @TrackOperation('shipping.parcel', { data: (orderId: number) => ({ orderId }) })
  async parcelOf(orderId: number): Promise<unknown> {
    const response = await fetch(`${this.carrier.url}/parcels/${orderId}`);
    return response.json();
  }
}
