// Ends in the way that CASE says, as a server on Express or Fastify or as a script (KIND).
import './instrument.js';
import 'reflect-metadata';
import * as Sentry from '@sentry/nestjs';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';

const { CASE: way = 'end', KIND: kind = 'express', BARE, PLAIN } = process.env;
const isServer = kind !== 'context';
const capture = (message: string) => (BARE === '1' && PLAIN !== '1') || Sentry.captureException(new Error(message));
const exitNow = (): never => {
  capture('captured before the exit');
  process.exit(3);
};

@Injectable()
class Hooks {
  onModuleInit() {
    if (way === 'bootstrap') throw new Error('bootstrap fails');
  }

  onApplicationShutdown() {
    if (way === 'exit in a hook') exitNow();
  }
}

@Controller()
class ExitController {
  @Get()
  exit() {
    exitNow();
  }
}

@Module({
  imports: [isBare ? WithoutSentry : SentryModule.forRoot()],
  providers: [Hooks],
  controllers: [ExitController],
})
class AppModule {}

const ways: Record<string, (app: any) => unknown> = {
  throw: () =>
    setTimeout(() => {
      throw new Error('thrown at top level');
    }),
  reject: () => {
    setTimeout(() => void Promise.reject(new Error('rejected')));
    // A server lives on where the mode of the SDK says so.
    if (isServer) setTimeout(() => process.exit(7), 2_000);
  },
  'exit in a handler': async (app) =>
    isServer ? fetch(await app.getUrl()).catch(() => undefined) : app.get(ExitController).exit(),
  'exit in a hook': (app) => app.close(),
  SIGTERM: () => (isServer ? undefined : setInterval(() => undefined, 60_000)),
  end: (app) => {
    capture('captured before the end');
    if (isServer) return app.close();
  },
  'own uncaughtException listener': () => {
    process.on('uncaughtException', () => process.exit(1));
    setTimeout(() => {
      Sentry.getIsolationScope().setTag('scope', 'kept').setExtra('password', 'hunter2-in-extra');
      throw new Error('thrown at top level');
    });
  },
  'throwing uncaughtException listener': () => {
    const listener = (error: Error) => {
      throw process.env.RETHROWS === '1' ? error : new Error('thrown by the listener');
    };
    if (process.env.BEFORE_SDK === '1') process.prependListener('uncaughtException', listener);
    else process.on('uncaughtException', listener);
    setTimeout(() => {
      throw new Error('thrown at top level');
    });
  },
  'first uncaughtException listener': () => {
    process.prependListener('uncaughtException', () => process.exit(4));
    setTimeout(() => {
      throw new Error('thrown at top level');
    });
  },
  'uncaughtException listener for once': () => {
    process.once('uncaughtException', () => undefined);
    for (const text of ['survived', 'thrown at top level']) {
      setTimeout(() => {
        throw new Error(text);
      });
    }
  },
  'own unhandledRejection listener': () => {
    process.on('unhandledRejection', () => process.exit(1));
    void Promise.reject(new Error('rejected'));
  },
  'fifty errors': () => {
    for (let at = 0; at < 50; at++) capture('the same failure');
    process.exit(0);
  },
  logs: () => {
    Sentry.logger.info('last words');
    process.exit(0);
  },
  'captures on exit': () => {
    process.on('exit', () => {
      capture('captured on exit');
    });
  },
  'throw on exit': (app) => {
    process.on('exit', () => {
      throw new Error('thrown on exit');
    });
    return app.close();
  },
  'fails and stays': () => {
    capture('fails');
    setInterval(() => undefined, 60_000);
  },
  flush: async () => {
    capture('then flush');
    process.send!({ flushed: await Sentry.flush(5_000) });
  },
};

async function main() {
  const app = isServer
    ? await createApp(AppModule)
    : await NestFactory.createApplicationContext(AppModule, { logger: false });
  if ('listen' in app) await app.listen(0, '127.0.0.1');
  process.send!('ready');
  await ways[way]?.(app);
}
void main();
