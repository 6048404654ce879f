import {
  Catch,
  Controller,
  Get,
  NotFoundException,
  Param,
  Query,
  Sse,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { ErrorTracker } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';
import { interval, lastValueFrom, map, take } from 'rxjs';
import { libraryErrors } from './library-errors.js';
import { providerErrors } from './provider-errors.js';
import { LabelError, shipping, ShopService, stock, unimportant } from './shop.service.js';

class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly code = 'gateway_down';
}

@Catch(PaymentError)
class PaymentFilter implements ExceptionFilter {
  constructor(
    private readonly tracker: ErrorTracker,
    private readonly host: HttpAdapterHost,
  ) {}

  catch(error: PaymentError, host: ArgumentsHost): void {
    const { way } = host.switchToHttp().getRequest<{ params: { way: string } }>().params;
    const answer = (status: number) => {
      this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { answered: way }, status);
    };
    const capture = () => this.tracker.captureDomainError('payment', error, { provider: 'acme', amount: 5 });
    if (way === 'capture-then-500') return void (capture(), answer(500));
    if (way === '500-then-capture') return void (answer(500), capture());
    if (way === 'capture-then-402') return void (capture(), answer(402));
    if (way === 'late-answer')
      return void (
        capture(),
        setTimeout(() => {
          answer(500);
        }, 20)
      );
    if (way === 'wrapped') {
      this.tracker.captureDomainError('payment', new Error('wrapped', { cause: error }), { provider: 'acme' });
      return answer(500);
    }
    capture();
    throw error;
  }
}

@Controller()
export class ShopController {
  constructor(
    private readonly tracker: ErrorTracker,
    private readonly shop: ShopService,
  ) {}

  @Get('provider/:name')
  provider(@Param('name') name: string, @Query('data') data?: string) {
    return { id: this.tracker.capturePaymentError(providerErrors[name]!(), data ? JSON.parse(data) : undefined) };
  }

  @Get('library/:domain/:name')
  library(@Param('domain') domain: 'auth', @Param('name') name: string) {
    return { id: this.tracker.captureDomainError(domain, libraryErrors[name]!(), {}) };
  }

  @Get('own/:how')
  own(@Param('how') how: string) {
    if (how === 'handle')
      this.tracker.captureDomainError(shipping, new LabelError('none'), { carrier: 'acme', parcels: 2 });
    if (how === 'name')
      this.tracker.captureDomainError('shipping' as 'payment', new LabelError('none'), { carrier: 'other' });
    if (how === 'stock') this.tracker.captureDomainError(stock, new Error('empty'), { shelf: 7 });
    if (how === 'unimportant') this.tracker.captureDomainError(unimportant, new Error('never mind'));
    return { how };
  }

  @Get('filtered/:way')
  @UseFilters(PaymentFilter)
  filtered(): never {
    throw new PaymentError('the gateway is down');
  }

  @Get('operation/:name')
  async operation(@Param('name') name: 'pay' | 'marked' | 'outer' | 'charge'): Promise<void> {
    await this.shop[name]({
      orderId: 7,
      amount: 12.5,
      currency: 'EUR',
      card: { number: ['4000', '0566', '5566', '5556'].join(''), cvc: String(300 + 14), exp_month: 11, brand: 'visa' },
    });
  }

  @Get('orders/export')
  async export() {
    await sleep(250);
    return { exported: true };
  }

  @Get('orders/:id')
  async order(@Query('ms') ms = '0', @Query('fail') fail?: string) {
    await this.shop.wait(5);
    await this.shop.wait(Number(ms));
    if (fail) throw new NotFoundException();
    return { waited: ms };
  }

  @Get('many/:id')
  async many() {
    for (let n = 1; n <= 8; n++) await this.shop.wait(n * 6);
    await (await fetch(`http://127.0.0.1:${process.env.OWN_PORT}/own/nothing?secret=x`)).text();
    return {};
  }

  @MessagePattern('orders.count')
  async count() {
    await this.shop.wait(60);
    return 3;
  }

  @Get('ask')
  async ask() {
    const options = { host: '127.0.0.1', port: Number(process.env.TCP_PORT) };
    const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
    const count = await lastValueFrom(client.send<number>('orders.count', {}));
    client.close();
    return { count };
  }

  @Sse('stream')
  stream() {
    return interval(30).pipe(
      take(4),
      map((n) => ({ data: { n } })),
    );
  }

  @Get('business')
  business() {
    this.tracker.recordEvent('order.paid', { total: 12 });
    const slow = this.tracker.reportSlow('report.render', { duration: '3s', threshold: '2s', data: { pages: 9 } });
    const fast = this.tracker.reportSlow('report.render', { duration: 100, threshold: '2s' });
    const byDefault = this.tracker.reportSlow('report.send', { duration: 5_001 });
    this.tracker.captureException(new Error('afterwards'));
    return { slow: slow !== undefined, fast: fast !== undefined, byDefault: byDefault !== undefined };
  }

  @Get('metrics')
  metrics() {
    const { metrics } = this.tracker;
    metrics.count('carts', 2, { tags: { shop: 'main' } });
    metrics.gauge('queue', 7, { unit: 'item' });
    metrics.distribution('latency', 12.5, { unit: 'millisecond', tags: { shop: 'main' } });
    metrics.unique('visitors', 'ann@example.com', { tags: { shop: 'main' } });
    metrics.unique('visitors', 'ann@example.com');
    metrics.unique('visitors', 'bob@example.com');
    return { done: true };
  }
}
