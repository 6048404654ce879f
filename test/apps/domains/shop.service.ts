import { Injectable } from '@nestjs/common';
import { defineDomain, ErrorTracker, TrackOperation } from 'nestjs-error-tracker';

export interface ShippingData {
  carrier?: string;
  parcels?: number;
}
export const shipping = defineDomain<ShippingData>('shipping', {
  tags: ['carrier', 'parcels'],
  critical: true,
  fingerprint: (error, data) => ['label', String(data.carrier)],
});
export const stock = defineDomain('stock', {
  tags: { team: 'warehouse' },
  level: 'info',
  fingerprint: ['stock', 'all'],
});

export const unimportant = defineDomain('unimportant', { level: 'debug' });

export class LabelError extends Error {
  override readonly name = 'LabelError';
  readonly code = 'no_printer';
}

@Injectable()
export class ShopService {
  constructor(private readonly tracker: ErrorTracker) {}

  @TrackOperation('shop.captured', { domain: 'payment', level: 'fatal', fingerprint: ['of the operation'] })
  async captured(): Promise<void> {
    this.tracker.captureDomainError(stock, new Error('by hand'));
  }

  @TrackOperation('shop.pay', { domain: 'payment', data: (order: object) => order, tags: { step: 'pay' } })
  async pay(order: object): Promise<void> {
    await this.ship(order);
  }

  @TrackOperation('shop.ship', { domain: shipping, data: () => ({ carrier: 'acme' }) })
  async ship(_order: object): Promise<void> {
    throw new LabelError('no label');
  }

  @TrackOperation('shop.charge', { domain: 'payment', data: (order: object) => order })
  async charge(_order: object): Promise<void> {
    throw Object.assign(new Error('declined'), { code: 'card_declined' });
  }

  @TrackOperation('shop.marked', { domain: 'payment', level: 'warning', fingerprint: ['my own'] })
  async marked(): Promise<void> {
    throw new Error('marked');
  }

  @TrackOperation('shop.outer', { level: 'info', fingerprint: ['outer'], domain: 'payment' })
  async outer(): Promise<void> {
    await this.ship({});
  }

  @TrackOperation('shop.wait')
  async wait(time: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, time));
  }
}
