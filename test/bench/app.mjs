// One application of the benchmark: `bare`, `sentry` (plain @sentry/nestjs), `tracker` (this library), `instrumented`
// (this library, with the SDK's instrumentation of requests that are not traced), or `unthrottled` (this library without
// budgets, so that every failing request is an event, as with the plain SDK).
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const [lane, kind] = process.argv.slice(2);
const isTracker = ['tracker', 'instrumented', 'unthrottled'].includes(kind);
const require = createRequire(`${lane}/package.json`);
process.chdir(lane);

const sdkOptions = { dsn: process.env.SENTRY_DSN, environment: 'production', tracesSampleRate: 0.1 };
if (kind === 'sentry') require('@sentry/nestjs').init(sdkOptions);
if (isTracker) {
  const throttle = kind === 'unthrottled' ? false : undefined;
  const tracing = { instrumentUntraced: kind === 'instrumented' };
  require('nestjs-error-tracker/init').initSentry({ ...sdkOptions, throttle, tracing });
}

require('reflect-metadata');
const { Controller, Get, Module, Param, UseGuards } = require('@nestjs/common');
const { APP_FILTER, NestFactory } = require('@nestjs/core');

const decorate = (decorators, target, key) => {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  for (const decorator of decorators) decorator(target, key, descriptor);
};
class AllowGuard {
  canActivate() {
    return true;
  }
}
class CatsController {
  one(id) {
    return { id, name: 'tom' };
  }
  fail(what) {
    throw new Error(what === 'now' ? 'failure' : `failure of ${what}`);
  }
}
decorate([Get(':id'), UseGuards(AllowGuard)], CatsController.prototype, 'one');
decorate([Get('fail/:what')], CatsController.prototype, 'fail');
Param('id')(CatsController.prototype, 'one', 0);
Param('what')(CatsController.prototype, 'fail', 0);
Controller('cats')(CatsController);

const imports = [];
const providers = [];
if (kind === 'sentry') {
  const { SentryGlobalFilter, SentryModule } = require('@sentry/nestjs/setup');
  imports.push(SentryModule.forRoot());
  providers.push({ provide: APP_FILTER, useClass: SentryGlobalFilter });
}
if (isTracker) imports.push(require('nestjs-error-tracker').SentryModule.forRoot());
class AppModule {}
Module({ imports, providers, controllers: [CatsController] })(AppModule);

const adapter = process.env.PLATFORM === 'fastify' && new (require('@nestjs/platform-fastify').FastifyAdapter)();
const app = await NestFactory.create(AppModule, ...(adapter ? [adapter] : []), { logger: false });
await app.listen(0, '127.0.0.1');
process.on('SIGINT', () => process.exit());
process.on('message', () => {
  globalThis.gc?.();
  process.send({
    cpu: process.cpuUsage(),
    heap: process.memoryUsage().heapUsed,
    resources: process.getActiveResourcesInfo().length,
    descriptors: readdirSync('/proc/self/fd').length,
  });
});
process.send({ port: app.getHttpServer().address().port });
