import 'reflect-metadata';
import { type INestApplication, type ModuleMetadata, type Type } from '@nestjs/common';
import { Controller, Get, HttpCode, Injectable, Module, NotFoundException, Param, Res, Sse } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ErrorTracker, SentryModule, TrackOperation } from 'nestjs-error-tracker';
import { NEVER } from 'rxjs';

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
}

@Injectable()
export class Payments {
  @TrackOperation('payments.charge', { domain: 'payment' })
  charge(id: string): string {
    // Not written out: events show the lines around the one that throws.
    const [email, password] = ['ann', 'hunter2'].map((text, at) => text + ['@shop.test', 'secret'][at]);
    if (id === 'down') throw new GatewayError(`no answer for ${email}, password=${password}`);
    return id;
  }
}

@Controller('orders')
export class Orders {
  // Without types of parameters: not every runner compiles them.
  private readonly payments = new Payments();

  @Get(':id')
  pay(@Param('id') id: string) {
    if (id === 'unknown') throw new NotFoundException();
    return this.payments.charge(id);
  }

  @Get(':id/later')
  @HttpCode(202)
  async later(@Param('id') id: string, @Res() response: any) {
    response.end('accepted');
    await pause(60);
    return this.payments.charge(id);
  }

  @Get(':id/slow')
  async slow() {
    await pause(60);
    throw new GatewayError('slow');
  }

  @Get(':id/hangs')
  hangs() {
    return new Promise(() => undefined);
  }

  @Sse(':id/events')
  events() {
    return NEVER;
  }
}

@Module({ imports: [SentryModule.forRoot({ user: () => ({ id: '7' }) })], controllers: [Orders] })
export class Shop {}

export interface RunningShop {
  app: INestApplication;
  tracker: ErrorTracker;
  get(path: string): Promise<number>;
}

export async function startShop(imports: ModuleMetadata['imports'] = [Shop], parts: Type[] = []): Promise<RunningShop> {
  const testing: TestingModule = await Test.createTestingModule({ imports, controllers: parts }).compile();
  const app = testing.createNestApplication({ forceCloseConnections: true });
  app.useLogger(false);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    tracker: app.get(ErrorTracker),
    get: async (path) => {
      const response = await fetch(url + path);
      await response.text();
      return response.status;
    },
  };
}
