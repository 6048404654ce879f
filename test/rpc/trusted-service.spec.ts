import { init } from '@sentry/nestjs';
import { isTraceTarget } from '../../lib/integrations/microservices/trace-targets';

const tcp = { host: 'orders', port: 3001 };
const redis = { options: { host: 'cache.internal', port: 6379 } };
const nats = { options: { servers: ['nats://one:4222', 'nats://two:4222'] } };
const mqtt = { url: 'mqtt://broker:1883', options: { url: 'mqtt://broker:1883' } };
const grpc = { url: 'orders:50051', options: {} };

test.each([
  ['no targets', undefined, [true, true, true, true, true]],
  ['none', [], [false, false, false, false, false]],
  ['a name', ['orders:3001'], [true, false, false, false, false]],
  ['a part of an address', ['internal'], [false, true, false, false, false]],
  ['an expression', [/^nats:\/\/two/g], [false, false, true, false, false]],
  ['a scheme', [/^mqtt:/], [false, false, false, true, false]],
  ['a port', [':50051'], [false, false, false, false, true]],
])('%s: services that a trace may go to', (_what, tracePropagationTargets, expected) => {
  init({ tracePropagationTargets, defaultIntegrations: false });
  expect([tcp, redis, nats, mqtt, grpc].map(isTraceTarget)).toEqual(expected);
  expect([tcp, redis, nats, mqtt, grpc].map(isTraceTarget)).toEqual(expected);
});
