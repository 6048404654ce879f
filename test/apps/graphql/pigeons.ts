/* eslint-disable @typescript-eslint/unbound-method -- Nest itself calls the methods on their instance */
import { Controller, Get, HttpException, Inject, Injectable, Query, UseGuards } from '@nestjs/common';
import { ExternalContextCreator } from '@nestjs/core';
import { FailingGuard } from '../shared/enhancers.js';

@Injectable()
export class Pigeons {
  arrive(kind: string) {
    if (kind === '404') throw new HttpException('no such pigeon', 404);
    if (kind !== 'fine') throw new Error(`a pigeon fails: ${kind}`);
    return 'arrived';
  }

  @UseGuards(FailingGuard)
  guarded() {
    return 'never';
  }
}

/** A third-party transport with an unknown context type. */
@Injectable()
export class PigeonTransport {
  constructor(
    @Inject(ExternalContextCreator) private readonly creator: ExternalContextCreator,
    @Inject(Pigeons) private readonly pigeons: Pigeons,
  ) {}

  async send(kind: string): Promise<string> {
    const method = kind === 'guard' ? 'guarded' : 'arrive';
    const type = kind === 'typeless' ? undefined : 'pigeon';
    const { pigeons, creator } = this;
    const handler = creator.create(
      pigeons,
      pigeons[method] as never,
      method,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      type as never,
    );
    try {
      return await handler(kind);
    } catch (error) {
      return `caught ${(error as Error).message}`;
    }
  }
}

@Controller('pigeons')
export class PigeonsController {
  constructor(
    @Inject(ExternalContextCreator) private readonly creator: ExternalContextCreator,
    @Inject(Pigeons) private readonly pigeons: Pigeons,
    @Inject(PigeonTransport) private readonly transport: PigeonTransport,
  ) {}

  @Get('caught')
  caught(@Query('kind') kind: string) {
    return this.transport.send(kind);
  }

  @Get('passed')
  passed(@Query('kind') kind: string) {
    const { pigeons, creator } = this;
    return creator.create(
      pigeons,
      pigeons.arrive as never,
      'arrive',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'pigeon' as never,
    )(kind);
  }
}
