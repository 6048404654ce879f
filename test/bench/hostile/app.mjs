// Puts values into one place of one application, and reports for each how long it blocked the event loop.
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { lookUpTexts } from './own-texts.mjs';
import { places } from './places.mjs';
import { chosenValues as values } from './chosen-values.mjs';

const [lane, kind, place] = process.argv.slice(2);
const require = createRequire(`${lane}/package.json`);
// Not by the name that the search for unused dependencies follows: the lane has this package.
const load = require;
process.chdir(lane);
const sdkOptions = {
  dsn: process.env.SENTRY_DSN,
  environment: 'production',
  tracesSampleRate: place.includes('traced') ? 1 : 0,
};
const isLibrary = kind === 'library';
const options = { ...sdkOptions, sendDefaultPii: true, enableLogs: true };
if (isLibrary) {
  const sdk = { enableLogs: true };
  require('nestjs-error-tracker/init').initSentry({
    ...sdkOptions,
    spool: false,
    throttle: false,
    scrubbing: { pii: 'keep' },
    sdk,
  });
} else require('@sentry/nestjs').init(options);
const Sentry = require('@sentry/nestjs');
require('reflect-metadata');
const { Controller, Logger, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { EventPattern, Server } = load('@nestjs/microservices');

const silent = { log() {}, error() {}, warn() {}, debug() {}, verbose() {} };

/** Hands a payload to its handler without a network. */
class Local extends Server {
  listen(done) {
    done();
  }
  close() {}
  on() {}
  unwrap() {}
  async deliver(payload) {
    const answer = await this.getHandlerByPattern('value')?.(payload, {});
    answer?.subscribe?.({ error: () => undefined });
  }
}
class ValuesController {
  handle() {
    throw new Error('failure');
  }
}
EventPattern('value')(
  ValuesController.prototype,
  'handle',
  Object.getOwnPropertyDescriptor(ValuesController.prototype, 'handle'),
);
Controller()(ValuesController);
const imports = isLibrary
  ? [require('nestjs-error-tracker').SentryModule.forRoot()]
  : [require('@sentry/nestjs/setup').SentryModule.forRoot()];
class AppModule {}
Module({ imports, controllers: [ValuesController] })(AppModule);
const strategy = new Local();
const app = await NestFactory.createMicroservice(AppModule, { strategy, logger: silent });
await app.listen();
if (!place.includes('console')) console.debug = () => undefined;
process.on('SIGINT', () => process.exit());
process.on('disconnect', () => process.exit());
process.on('unhandledRejection', () => undefined);

const tracker = isLibrary ? app.get(require('nestjs-error-tracker').ErrorTracker) : undefined;
const tools = { Sentry, tracker, Logger, deliver: (payload) => strategy.deliver(payload) };
const put = places[place][kind];

/** The longest turn of the event loop while the value is put there and sent: the smaller of its CPU and its wall time. */
async function longestTurn(value) {
  let longest = 0;
  let done = false;
  let cpu = process.cpuUsage();
  let wall = performance.now();
  const turn = () => {
    const { user, system } = process.cpuUsage(cpu);
    longest = Math.max(longest, Math.min((user + system) / 1000, performance.now() - wall));
    cpu = process.cpuUsage();
    wall = performance.now();
  };
  const watch = (async () => {
    while (!done) {
      await nextTurn();
      turn();
    }
  })();
  await Sentry.withIsolationScope(async () => {
    try {
      await put(value, tools);
    } catch {
      // what the application would see
    }
  });
  await nextTurn();
  await Sentry.flush(2000);
  done = true;
  await watch;
  return longest;
}

process.on('message', async (name) => {
  const value = values[name]();
  lookUpTexts(value);
  globalThis.gc?.();
  await nextTurn();
  process.send('made');
  await nextTurn();
  process.send(await longestTurn(value));
});
for (let warm = 0; warm < 5; warm++) {
  const value = values['a small object']();
  lookUpTexts(value);
  await longestTurn(value);
}
process.send('ready');
