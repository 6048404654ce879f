import { Injectable } from '@nestjs/common';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { interval, map, take } from 'rxjs';

@Injectable()
export class ShopService {
  constructor(private readonly tracker: ErrorTracker) {}

  @TrackOperation('shop.checkout', {
    data: (order: { id: number }) => ({ orderId: order.id, password: 'hunter2-secret' }),
  })
  async checkout(order: { id: number }, fail: boolean): Promise<string> {
    this.tracker.addBreadcrumb('cart', 'cart is complete', { items: 3 });
    await sleep(5);
    return this.pay(order, fail);
  }

  @TrackOperation('shop.pay', {
    op: 'payment',
    data: () => ({ provider: 'acme' }),
    result: (paid: string) => ({ receipt: paid }),
    domain: 'payment',
    tags: { gateway: 'acme' },
  })
  async pay(order: { id: number }, fail: boolean): Promise<string> {
    await sleep(15);
    if (fail) throw new Error(`no connection for order ${order.id}`);
    return `receipt ${order.id}`;
  }

  @TrackOperation('shop.slow', { slowerThan: '20ms' })
  async slow(): Promise<string> {
    await sleep(60);
    return 'slow';
  }

  @TrackOperation('shop.handled')
  async handled(): Promise<string> {
    return this.pay({ id: 7 }, true).catch(() => 'handled');
  }

  @TrackOperation('shop.stream')
  stream() {
    return interval(10).pipe(
      take(4),
      map((n) => ({ n })),
    );
  }

  @TrackOperation('shop.walk')
  async *walk(): AsyncGenerator<number> {
    for (let n = 0; n < 3; n++) {
      await sleep(10);
      yield n;
    }
  }

  @TrackOperation('shop.broken-hooks', {
    data: () => {
      throw new Error('data hook');
    },
    result: () => {
      throw new Error('result hook');
    },
  })
  brokenHooks(): string {
    throw new Error('failure beside broken hooks');
  }
}
