// One application of the benchmark: `bare`, `sentry` (plain @sentry/nestjs), `tracker` (this library), `unthrottled` (this
// library without budgets, so that every failing request is an event, as with the plain SDK), or `tunnel` (this library with
// a tunnel).
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const [lane, kind] = process.argv.slice(2);
const isTracker = ['tracker', 'unthrottled', 'tunnel'].includes(kind);
const require = createRequire(`${lane}/package.json`);
process.chdir(lane);

const sdkOptions = { dsn: process.env.SENTRY_DSN, environment: 'production', tracesSampleRate: 0.1 };
if (kind === 'sentry') require('@sentry/nestjs').init(sdkOptions);
if (isTracker) {
  const throttle = kind === 'unthrottled' ? false : undefined;
  require('nestjs-error-tracker/init').initSentry({ ...sdkOptions, throttle });
}

require('reflect-metadata');
const { Body, Controller, Get, Module, Param, Post, UseGuards } = require('@nestjs/common');
const { APP_FILTER, NestFactory } = require('@nestjs/core');

const decorate = (decorators, target, key) => {
  for (const decorator of decorators) {
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    const replaced = decorator(target, key, descriptor);
    if (replaced) Object.defineProperty(target, key, replaced);
  }
};
/** A method whose calls are recorded, in the way of each library. */
const operation = (name) => {
  if (kind === 'sentry') return require('@sentry/nestjs').SentryTraced(name);
  return isTracker ? require('nestjs-error-tracker').TrackOperation(name) : () => undefined;
};
const addBreadcrumb = kind === 'bare' ? () => undefined : require('@sentry/nestjs').addBreadcrumb;
class AllowGuard {
  canActivate() {
    return true;
  }
}
class CatsController {
  one(id) {
    return { id, name: 'tom' };
  }
  async five(id) {
    for (let at = 0; at < 5; at++) await this.find(id);
    return { id };
  }
  async find(id) {
    return id;
  }
  fail(what) {
    throw new Error(what === 'now' ? 'failure' : `failure of ${what}`);
  }
  failWithBody(body) {
    throw new Error(`failure with ${body.lines.length} lines`);
  }
  failWithBreadcrumbs() {
    for (let at = 0; at < 50; at++) addBreadcrumb({ category: 'cart', message: `article ${at}`, data: { count: at } });
    throw new Error('failure after breadcrumbs');
  }
}
decorate([Get(':id'), UseGuards(AllowGuard)], CatsController.prototype, 'one');
decorate([Get('five/:id')], CatsController.prototype, 'five');
decorate([operation('cats.find')], CatsController.prototype, 'find');
decorate([Get('fail/:what')], CatsController.prototype, 'fail');
decorate([Post('fail/body')], CatsController.prototype, 'failWithBody');
decorate([Get('fail/after/breadcrumbs')], CatsController.prototype, 'failWithBreadcrumbs');
Param('id')(CatsController.prototype, 'one', 0);
Param('id')(CatsController.prototype, 'five', 0);
Param('what')(CatsController.prototype, 'fail', 0);
Body()(CatsController.prototype, 'failWithBody', 0);
Controller('cats')(CatsController);

const imports = [];
const providers = [];
if (kind === 'sentry') {
  const { SentryGlobalFilter, SentryModule } = require('@sentry/nestjs/setup');
  imports.push(SentryModule.forRoot());
  providers.push({ provide: APP_FILTER, useClass: SentryGlobalFilter });
}
// One client sends what many pages would.
const tunnel = { path: '/monitoring', perMinute: { client: 1e6, total: 1e6 }, user: () => ({ id: '7' }) };
if (isTracker) {
  const { SentryModule } = require('nestjs-error-tracker');
  imports.push(SentryModule.forRoot(kind === 'tunnel' ? { tunnel } : undefined));
}
class AppModule {}
Module({ imports, providers, controllers: [CatsController] })(AppModule);

const adapter = process.env.PLATFORM === 'fastify' && new (require('@nestjs/platform-fastify').FastifyAdapter)();
const app = await NestFactory.create(AppModule, ...(adapter ? [adapter] : []), { logger: false });
// Longer than the rounds of the other applications: Node's default resets connections that are just being reused.
app.getHttpServer().keepAliveTimeout = 60_000;
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
