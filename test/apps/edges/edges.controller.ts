import {
  BadRequestException,
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ErrorTracker, Report } from 'nestjs-error-tracker';
import { setTimeout as sleep } from 'node:timers/promises';

export class IgnoredClass extends Error {}
export class NamedError extends Error {
  override name = 'NamedError';
}

const ignorable: Record<string, () => unknown> = {
  class: () => new IgnoredClass('by its class'),
  name: () => new NamedError('by its name'),
  message: () => new Error('says: not worth a word, really'),
  pattern: () => new Error('pattern 1234 of it'),
  predicate: () => Object.assign(new Error('by a predicate'), { quiet: true }),
  subclass: () => new (class extends IgnoredClass {})('by the class it extends'),
  none: () => new Error('by none'),
};

@Injectable()
class ForbiddingGuard {
  canActivate(): boolean {
    throw new ForbiddenException('the guard forbids');
  }
}

@Controller('reported')
@Report({ status: { 404: 1, 403: 1 } })
export class ReportedController {
  @Get('missing')
  missing(): never {
    throw new NotFoundException('missing thing');
  }

  @Get('guarded')
  @UseGuards(ForbiddingGuard)
  guarded() {
    return 'never';
  }

  @Get('bad')
  bad(): never {
    throw new BadRequestException('bad thing');
  }

  @Get('quiet')
  @Report({ status: { 404: 0 }, ignore: ['quiet failure'] })
  quiet(@Query('status') status?: string): never {
    if (status) throw new HttpException('quiet status', Number(status));
    throw new Error('a quiet failure');
  }
}

@Controller('edges')
export class EdgesController {
  constructor(private readonly tracker: ErrorTracker) {}

  @Get('fine/:id')
  fine(@Param('id') id: string) {
    return { id };
  }

  @Get('teapot')
  teapot(): never {
    throw new HttpException('teapot', 418);
  }

  @Get('ignore/:form')
  ignore(@Param('form') form: string): never {
    throw ignorable[form]!();
  }

  @Post('upload')
  upload(@Body() _body: unknown) {
    return 'taken';
  }

  @Post('raw-upload')
  async rawUpload(@Req() request: any) {
    let size = 0;
    for await (const chunk of request.raw ?? request) size += (chunk as Buffer).length;
    return { size };
  }

  @Get('slow-failure')
  async slowFailure() {
    await sleep(150);
    throw new Error('failed after the client had left');
  }

  @Get('after-response')
  afterResponse(@Query('name') name: string) {
    this.tracker.setUser({ id: name });
    this.tracker.setTag('who', name);
    this.tracker.addBreadcrumb('mine', `crumb of ${name}`);
    setTimeout(() => {
      this.tracker.captureException(new Error(`timer of ${name}`));
    }, 40);
    void sleep(20).then(() => this.tracker.captureException(new Error(`promise of ${name}`)));
    return 'ok';
  }

  @Get('interleaved')
  async interleaved(@Query('name') name: string) {
    this.tracker.setUser({ id: name });
    this.tracker.setTag('who', name);
    this.tracker.addBreadcrumb('mine', `crumb of ${name}`);
    await sleep(Math.random() * 30);
    throw new Error(`failure of ${name}`);
  }

  @Get('crumbs')
  crumbs(): never {
    throw new Error('failure with its own breadcrumbs');
  }

  @Get('siblings')
  async siblings() {
    const fail = async (ms: number, name: string) => {
      await sleep(ms);
      throw new Error(`sibling ${name}`);
    };
    await Promise.all([fail(300, 'first'), fail(400, 'second'), fail(1, 'fastest')]);
  }

  @Get('retry/same')
  async retrySame() {
    const error = new Error('the same in each attempt');
    for (let attempt = 0; attempt < 3; attempt++) this.tracker.captureException(error);
    throw error;
  }

  @Get('retry/wrapped')
  async retryWrapped() {
    let error = new Error('first attempt');
    this.tracker.captureException(error);
    for (let attempt = 2; attempt < 5; attempt++) {
      error = new Error(`attempt ${attempt}`, { cause: error });
      this.tracker.captureException(error);
    }
    throw new Error('gave up', { cause: error });
  }

  @Get('wrapped-twice')
  wrappedTwice(): never {
    const inner = new Error('innermost');
    this.tracker.captureException(inner);
    throw new Error('outermost', { cause: new Error('between', { cause: inner }) });
  }

  @Get('outer-first')
  outerFirst(): never {
    const inner = new Error('inside');
    this.tracker.captureException(new Error('around', { cause: inner }));
    throw inner;
  }

  @Get('aggregate')
  aggregate(): never {
    throw new AggregateError([new Error('member one'), new Error('member two')], 'several');
  }

  @Get('cycle')
  cycle(): never {
    const first = new Error('cycle outer');
    first.cause = new Error('cycle inner', { cause: first });
    throw first;
  }

  @Get('uncaught-rejection')
  uncaughtRejection() {
    void Promise.reject(new Error('nobody awaits this'));
    return 'ok';
  }
}
