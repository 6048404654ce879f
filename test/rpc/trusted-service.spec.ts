import { init } from '@sentry/nestjs';
import { isTraceTarget } from '../../lib/integrations/microservices/trace-targets';

const tcp = { host: 'orders', port: 3001 };
const redis = { options: { host: 'cache.internal', port: 6379 } };
const nats = { options: { servers: ['nats://one:4222', 'nats://two:4222'] } };

test.each([
  ['no targets', undefined, [true, true, true]],
  ['none', [], [false, false, false]],
  ['a name', ['orders:3001'], [true, false, false]],
  ['a part of an address', ['internal'], [false, true, false]],
  ['an expression', [/^nats:\/\/two/g], [false, false, true]],
])('%s: services that a trace may go to', (_what, tracePropagationTargets, expected) => {
  init({ tracePropagationTargets, defaultIntegrations: false });
  expect([tcp, redis, nats].map(isTraceTarget)).toEqual(expected);
  expect([tcp, redis, nats].map(isTraceTarget)).toEqual(expected);
});
