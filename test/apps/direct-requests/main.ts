import '../shared/instrument.js';
import 'reflect-metadata';
import { Controller, Get, MiddlewareConsumer, Module, NestModule, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import * as Sentry from '@sentry/nestjs';
import express from 'express';
import inject from 'light-my-request';
import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { connect } from 'node:http2';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';

/** Requests that reach the platform past a server that the SDK could see. */
@Controller()
class UsersController {
  @Get('login/:name')
  login(@Param('name') name: string) {
    Sentry.setUser({ id: name });
    Sentry.setTag('login', name);
    Sentry.addBreadcrumb({ category: 'login', message: name });
    throw new Error(`login of ${name} failed`);
  }

  @Get('anonymous')
  anonymous() {
    throw new Error('anonymous failed');
  }

  @Get('behind-middleware')
  behindMiddleware() {
    throw new Error('failed behind a middleware');
  }

  @Get('text')
  text() {
    throw 'a thrown text';
  }

  /** Calls the application again, while it handles a request. */
  @Get('outer')
  async outer() {
    Sentry.setUser({ id: 'outer' });
    await again('/anonymous');
    throw new Error('the outer request failed');
  }

  @Get('fine')
  fine() {
    return 'fine';
  }
}

@Module({ imports: [isBare ? WithoutSentry : SentryModule.forRoot()], controllers: [UsersController] })
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply((_request: any, _response: any, next: () => void) => {
        Sentry.setUser({ id: 'set in a middleware' });
        next();
      })
      .forRoutes('behind-middleware');
  }
}

/** @returns the status of the response */
type Call = (path: string) => Promise<number>;
let again: Call;

const VIA: Record<string, () => Promise<{ close(): Promise<unknown>; call: Call; app: any }>> = {
  async inject() {
    const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
    await app.init();
    const fastify = app.getHttpAdapter().getInstance() as any;
    return { app, call: async (url) => (await fastify.inject({ url })).statusCode, close: () => app.close() };
  },
  async http2() {
    const app = await NestFactory.create(AppModule, new FastifyAdapter({ http2: true } as object), { logger: false });
    await app.listen(0, '127.0.0.1');
    const client = connect(`http://127.0.0.1:${app.getHttpServer().address().port}`);
    const call: Call = (path) =>
      new Promise((resolve, reject) => {
        client
          .request({ ':path': path })
          .on('response', (headers) => resolve(Number(headers[':status'])))
          .resume()
          .on('error', reject)
          .end();
      });
    return { app, call, close: async () => (client.close(), await app.close()) };
  },
  /** As serverless adapters do: no socket, a response that nobody sends and that never closes. */
  async mock() {
    const instance = express();
    instance.use((_request: any, _response: any, next: any) => next());
    const app = await NestFactory.create(AppModule, new ExpressAdapter(instance), { logger: false });
    await app.init();
    const dispatch = (request: any, response: any) => {
      const emit = response.emit;
      response.emit = (name: string, ...args: unknown[]) => name !== 'close' && emit.call(response, name, ...args);
      instance(request, response);
    };
    return { app, call: async (url) => (await inject(dispatch, { url })).statusCode, close: () => app.close() };
  },
  /** An adapter by hand: it replaces the methods of the response, which never sends anything. */
  async replaced() {
    const app = await NestFactory.create(AppModule, { logger: false });
    await app.init();
    const instance = app.getHttpAdapter().getInstance();
    const call: Call = (url) =>
      new Promise((resolve) => {
        const incoming = new IncomingMessage(
          new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }) as any,
        );
        Object.assign(incoming, { method: 'GET', url });
        incoming.push(null);
        const outgoing = new ServerResponse(incoming);
        outgoing.write = () => true;
        outgoing.end = () => {
          outgoing.emit('finish');
          resolve(outgoing.statusCode);
          return outgoing;
        };
        instance(incoming, outgoing);
      });
    return { app, call, close: () => app.close() };
  },
  async server() {
    const app = await NestFactory.create(AppModule, { logger: false });
    await app.init();
    const server = createServer(app.getHttpAdapter().getInstance());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const call: Call = async (path) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-request-id': randomUUID() } })).status;
    return { app, call, close: async () => (server.close(), await app.close()) };
  },
};

async function main() {
  const { app, call, close } = await VIA[process.env.VIA!]!();
  again = call;
  const tracker = app.get(ErrorTracker);
  Sentry.setTag('region', 'north'); // set up by main.ts, for the whole process
  await new Promise((resolve) => setTimeout(resolve, 20));
  setTimeout(() => {
    Sentry.setUser({ id: 'timer' });
    Sentry.setTag('timer', 'yes');
    Sentry.addBreadcrumb({ message: 'timer' });
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const statuses: number[] = [];
  for (const path of process.env.PATHS!.split(',')) statuses.push(await call(path));
  const same = new Error('the same object');
  for (let times = 0; times < 2; times++) {
    tracker.captureException(same);
    await new Promise((resolve) => setTimeout(resolve, 5));
    tracker.captureException(new Error('another wrapper', { cause: same }));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Sentry.flush(5_000);
  process.send!({ port: 0, statuses, status: tracker.status() });
  await close();
  process.disconnect();
}
void main();
