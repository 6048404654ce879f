import {
  BadRequestException,
  Controller,
  Get,
  NotFoundException,
  ParseIntPipe,
  Query,
  ServiceUnavailableException,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { FailingGuard, FailingInterceptor, FailingPipe, RefusingGuard } from './enhancers.js';

@Controller('failures')
export class FailuresController {
  @Get('handler')
  handler(): never {
    throw new Error('the handler failed');
  }

  @Get('unavailable')
  unavailable(): never {
    throw new ServiceUnavailableException('under maintenance');
  }

  @Get('string')
  string(): never {
    throw 'just a string';
  }

  @Get('undefined')
  nothing(): never {
    throw undefined;
  }

  @Get('guard')
  @UseGuards(FailingGuard)
  guard(): void {}

  @Get('pipe')
  pipe(@Query('value', FailingPipe) value: string): string {
    return value;
  }

  @Get('interceptor')
  @UseInterceptors(FailingInterceptor)
  interceptor(): void {}

  @Get('middleware')
  middleware(): void {}

  @Get('refused')
  @UseGuards(RefusingGuard)
  refused(): void {}

  @Get('bad-request')
  badRequest(): never {
    throw new BadRequestException('no such colour');
  }

  @Get('not-found')
  notFound(): never {
    throw new NotFoundException();
  }

  @Get('not-a-number')
  notNumber(@Query('value', ParseIntPipe) value: number): number {
    return value;
  }
}
