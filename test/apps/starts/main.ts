// Starts and closes Sentry several times in one process, and reports what is left after each time.
import { liveTimers } from './live-timers.js';
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { captureException, getClient, init as startSdk } from '@sentry/nestjs';
import { SentryModule } from 'nestjs-error-tracker';
import { initSentry } from 'nestjs-error-tracker/init';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

@Controller()
class FailingController {
  @Get('fail')
  fail() {
    throw new Error(`failure ${process.env.AT}`);
  }
}

@Module({ controllers: [FailingController] })
class RootModule {}

const init = { includeLocalVariables: true, tracesSampleRate: 1 };

/** Without the listeners and handles of this file. */
function leftovers() {
  const resources = process.getActiveResourcesInfo().filter((name) => !/PipeWrap|CloseReq/.test(name));
  return {
    listeners: Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)])),
    resources: resources.sort(),
    timers: [...liveTimers.values()].sort(),
    files: readdirSync('/proc/self/fd').length,
    folders: readdirSync(process.env.SENTRY_SPOOL_DIR!, { recursive: true }).length,
  };
}

async function withInit() {
  initSentry(init);
  captureException(new Error(`failure ${process.env.AT}`));
}

/** The application starts the SDK itself, again and again. */
async function withReplacement() {
  initSentry(init);
  startSdk({ dsn: process.env.SENTRY_DSN! });
  captureException(new Error(`failure ${process.env.AT}`));
  await getClient()!.flush(3_000);
}

async function withModule() {
  const module = { module: RootModule, imports: [SentryModule.forRoot({ init })] };
  const app = await NestFactory.create(module, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  await (await fetch(`http://127.0.0.1:${port}/fail`, { headers: { connection: 'close' } })).text();
  await app.close();
}

async function main() {
  const [how, times] = process.argv.slice(2);
  process.send!({ before: leftovers() });
  for (let at = 0; at < Number(times); at++) {
    process.env.AT = String(at);
    await (how === 'init' ? withInit() : how === 'replaced' ? withReplacement() : withModule());
    if (how === 'init' || how === 'module') await getClient()!.close(3_000);
    await pause(150);
    global.gc?.();
    process.send!({ left: leftovers() });
  }
  process.disconnect();
}
void main();
