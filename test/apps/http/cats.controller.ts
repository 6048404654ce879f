import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  Req,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { ErrorTracker, Report } from 'nestjs-error-tracker';
import { CrashingFilter, FailingGuard, FailingInterceptor, FailingPipe } from '../shared/enhancers.js';
import { FilterCrash } from '../shared/failures.js';
import { DomainFilter, RenamingInterceptor, UserGuard } from './enhancers.js';
import { throwables } from './failures.js';
import { ShopService } from './shop.service.js';

@Controller('cats')
@UseGuards(UserGuard)
export class CatsController {
  constructor(
    private readonly tracker: ErrorTracker,
    private readonly shop: ShopService,
  ) {}

  @Get('fine/:id')
  fine(@Param('id') id: string) {
    return { id };
  }

  @Get('throw/:kind/:id')
  @UseFilters(DomainFilter)
  @UseInterceptors(RenamingInterceptor)
  throw(@Param('kind') kind: string): never {
    throw throwables[kind]!();
  }

  @Post('body')
  body(@Body() _body: unknown): never {
    throw new Error('failure with a body');
  }

  @Get('guard')
  @UseGuards(FailingGuard)
  guard() {
    return 'never';
  }

  @Get('pipe')
  @UsePipes(FailingPipe)
  pipe(@Query('q') _q: string) {
    return 'never';
  }

  @Get('interceptor')
  @UseInterceptors(FailingInterceptor)
  interceptor() {
    return 'never';
  }

  @Get('filter')
  @UseFilters(CrashingFilter)
  filter(): never {
    throw new FilterCrash('original failure');
  }

  @Get('manual')
  manual(): never {
    const error = new Error('captured, then thrown');
    this.tracker.captureException(error, { tags: { manual: 'yes' } });
    throw error;
  }

  @Get('wrapped')
  wrapped(): never {
    const inner = new Error('inner failure');
    this.tracker.captureException(inner);
    throw new Error('outer failure', { cause: inner });
  }

  @Get('noted')
  noted() {
    this.tracker.captureException(new Error('only noted'), { user: { id: 'explicit' } });
    return 'noted';
  }

  @Get('ignored-capture')
  ignoredCapture() {
    return { id: this.tracker.captureException(throwables.ignored!()) ?? null };
  }

  @Get('domain')
  domain() {
    this.tracker.capturePaymentError(new Error('card declined'), {
      provider: 'acme',
      amount: 12,
      currency: 'EUR',
      code: 'card_declined',
    });
    return 'noted';
  }

  @Get('user')
  user(@Query('name') name: string): never {
    this.tracker.setUser({ id: name });
    this.tracker.setTag('who', name);
    throw new Error('failure of a user that was set');
  }

  @Get('anonymous')
  anonymous(): never {
    throw new Error('failure of nobody in particular');
  }

  @Get('reported-404')
  @Report({ status: { 404: 1 } })
  reported404(): never {
    throw throwables.http404!();
  }

  @Get('checkout/:id')
  checkout(@Param('id') id: string, @Query('fail') fail?: string) {
    return this.shop.checkout({ id: Number(id) }, fail === '1');
  }

  @Get('slow')
  slow() {
    return this.shop.slow();
  }

  @Get('handled')
  async handled() {
    return { answer: await this.shop.handled() };
  }

  @Get('stream')
  stream() {
    return this.shop.stream();
  }

  @Get('walk')
  async walk() {
    const steps: number[] = [];
    for await (const step of this.shop.walk()) steps.push(step);
    return steps;
  }

  @Get('broken-hooks')
  brokenHooks() {
    return this.shop.brokenHooks();
  }

  @Get('isolated')
  async isolated(@Req() _request: unknown) {
    this.tracker.setTag('outer', 'yes');
    this.tracker.isolate(() => {
      this.tracker.setTag('inner', 'yes');
      this.tracker.captureException(new Error('isolated failure'));
    });
    throw new Error('failure outside');
  }

  @Get('event')
  event() {
    this.tracker.recordEvent('order.placed', { total: 3 });
    this.tracker.metrics.count('cats.fed', 2, { tags: { food: 'fish' } });
    this.tracker.metrics.gauge('cats.hungry', 5);
    this.tracker.metrics.distribution('cats.weight', 4.2, { unit: 'kilogram' });
    this.tracker.metrics.unique('cats.named', 'tom');
    return 'ok';
  }

  @Get('big')
  big(): never {
    throw new Error(`big ${'x'.repeat(1_000_000)}`);
  }
}
