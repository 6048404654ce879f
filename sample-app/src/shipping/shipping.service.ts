import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable } from '@nestjs/common';
import type { Cache } from 'cache-manager';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { CarrierBusyError } from './carrier-busy.error.js';
import { Carrier } from './carrier.js';
import type { ParcelUpdate } from './parcel-update.js';

/** Milliseconds for which the answer of the carrier holds. */
const FRESH = 30_000;
const STATES = ['packed', 'on its way', 'delivered'];

@Injectable()
export class ShippingService {
  constructor(
    private readonly carrier: Carrier,
    @Inject(CACHE_MANAGER) private readonly cache: Cache, // hits and misses are breadcrumbs
    private readonly tracker: ErrorTracker,
  ) {}

  /** Each call of the carrier is a breadcrumb; an error of `fetch` says which call has failed. */
  @TrackOperation('shipping.parcel', { data: (orderId: number) => ({ orderId }) })
  async parcelOf(orderId: number): Promise<unknown> {
    return this.cache.wrap(`parcel:${orderId}`, () => this.ask(orderId), FRESH);
  }

  /** A state that we do not know is stored all the same: no failure, but somebody should hear of it. */
  async update({ orderId, state }: ParcelUpdate): Promise<void> {
    if (!STATES.includes(state))
      this.tracker.captureMessage('The carrier has a new state of parcels', {
        level: 'warning',
        tags: { 'parcel.state': state },
        fingerprint: ['parcel-state', state], // one issue for each, whatever the message says
      });
    await this.cache.set(`parcel:${orderId}`, { state }, FRESH);
  }

  private async ask(orderId: number): Promise<unknown> {
    const response = await fetch(`${this.carrier.url}/parcels/${orderId}`);
    if (response.status === 503) throw new CarrierBusyError();
    return response.json();
  }
}
