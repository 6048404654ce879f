// CPU of a call of Nest's logger in a request that no event is sent for: without this library, with Sentry started but
// no module, with `logger: false`, with the default, and with `logs: true`. Nothing is printed, so this is the call itself and its formatting.
// LANE=12: with Nest 12 and Sentry 11. CALLS and ROUNDS: how many.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const lane = join(dirname(here), '..', '..', '.lanes', process.env.LANE ?? '11');
const CALLS = Number(process.env.CALLS ?? 20_000);
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const PER_REQUEST = 20;
const KINDS = { bare: undefined, start: undefined, off: false, on: {}, logs: { logs: true } };
const VALUES = {
  text: ['order placed'],
  object: ['order placed', { orderId: 42, lines: 3, customer: { id: 7, country: 'at' } }],
};

async function measure(kind) {
  const require = createRequire(join(lane, 'package.json'));
  const { initSentry } = kind === 'bare' ? {} : require('nestjs-error-tracker/init');
  initSentry?.({ dsn: 'http://key@127.0.0.1:9/1', environment: 'production', tracesSampleRate: 0, spool: false });
  const { withIsolationScope } = require('@sentry/nestjs');
  const { Logger, Module } = require('@nestjs/common');
  const { NestFactory } = require('@nestjs/core');
  const imports =
    kind === 'bare' || kind === 'start'
      ? []
      : [require('nestjs-error-tracker').SentryModule.forRoot({ logger: KINDS[kind] })];
  const AppModule = class {};
  Module({ imports })(AppModule);
  process.stdout.write = () => true;
  await NestFactory.createApplicationContext(AppModule);
  const logger = new Logger('Orders');
  const result = {};
  for (const [name, args] of Object.entries(VALUES)) {
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      for (let at = 0; at < CALLS / PER_REQUEST; at++) {
        withIsolationScope(() => {
          for (let line = 0; line < PER_REQUEST; line++) logger.log(...args);
        });
      }
      const { user, system } = process.cpuUsage(before);
      times.push(((user + system) * 1_000) / CALLS);
    }
    result[name] = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  }
  process.stderr.write(JSON.stringify(result));
  process.exit(0);
}

if (process.argv[2]) await measure(process.argv[2]);
else {
  await import('../harness/prepare-lanes.mjs');
  const measured = Object.keys(KINDS).map((kind) => {
    const { stderr } = spawnSync(process.execPath, [here, kind], { encoding: 'utf8' });
    return [kind, JSON.parse(stderr)];
  });
  const [[, bare]] = measured;
  for (const name of Object.keys(VALUES)) {
    for (const [kind, result] of measured) {
      const extra = (result[name] - bare[name]).toFixed(0);
      console.log(`${name.padEnd(8)}${kind.padEnd(6)}${result[name].toFixed(0).padStart(7)} ns a call, ${extra} more`);
    }
  }
}
