import { Logger, ValidationPipe, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.js';

interface Request {
  body?: object;
  token?: string;
  headers?: Record<string, string>;
}

interface Answer<T> {
  status: number;
  body: T;
}

/** The whole shop, on a free port and with a database in memory. */
export class RunningShop {
  private constructor(
    readonly app: INestApplication,
    private readonly url: string,
  ) {}

  static async start(): Promise<RunningShop> {
    Logger.overrideLogger(false);
    const app = await NestFactory.create(AppModule);
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
    await app.listen(0, '127.0.0.1');
    return new RunningShop(app, await app.getUrl());
  }

  /** @param request - method and path */
  async send<T = unknown>(request: string, { body, token, headers: others }: Request = {}): Promise<Answer<T>> {
    const [method, path] = request.split(' ', 2);
    const headers = {
      'content-type': 'application/json',
      ...others,
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(`${this.url}${path ?? ''}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T };
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

/** A card that the gateway of the shop knows: see `src/payments/test-cards.ts`. */
export function card(number: string): object {
  return { number, expiry: '12/30', cvc: '737' };
}
