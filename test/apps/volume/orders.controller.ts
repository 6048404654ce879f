import { Controller, Get, Param, Post, UnauthorizedException, VERSION_NEUTRAL } from '@nestjs/common';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { get } from 'node:http';

@Controller('orders')
export class OrdersController {
  constructor(private readonly tracker: ErrorTracker) {}

  @Get('refused/:id')
  refused(@Param('id') id: string): never {
    throw new Error(`order ${id} was refused`);
  }

  @Get('late/:id')
  late(@Param('id') id: string): never {
    throw new Error(`order ${id} was refused`);
  }

  @Get('search')
  search() {
    return 'found';
  }

  @TrackOperation({ critical: true })
  @Get(':id')
  one(@Param('id') id: string) {
    return id;
  }

  @Get(':id/fail')
  fail(): never {
    throw new Error('failed on an untraced path');
  }

  @Get(':id/locked')
  @TrackOperation({ critical: true })
  locked(): never {
    throw new UnauthorizedException();
  }

  @Get(':id/closed')
  closed(): never {
    throw new UnauthorizedException();
  }

  @Post(':id/pay')
  @TrackOperation('orders.pay', { critical: true })
  pay() {
    return 'paid';
  }

  @Get(':id/calls')
  async calls() {
    const port = Number(process.env.OTHER);
    for (const path of ['health', 'metrics', 'favicon.ico', 'prices', 'heartbeat']) {
      await new Promise((resolve) =>
        get({ host: '127.0.0.1', port, path: `/${path}` }, (answer) => answer.resume().on('end', resolve)),
      );
      await fetch(`http://127.0.0.1:${port}/${path}?by=fetch`).then((answer) => answer.text());
    }
    throw new Error('after calls');
  }
}

@TrackOperation({ critical: true })
@Controller({ path: 'freight', version: VERSION_NEUTRAL })
export class FreightController {
  @Get(':id/where')
  anything() {
    return 'freight';
  }
}
