import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError, SentryModule } from '../../lib/index';
import { delivery } from '../../lib/delivery/counts';
import { deliveryStatus, isDegraded, type DeliveryStatus } from '../../lib/delivery/status';
import { SentryHealthModule } from '../../lib/integrations/health/sentry-health.module';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const ago = (milliseconds: number) => new Date(NOW - milliseconds).toISOString();

test.each<[string, Partial<DeliveryStatus>, boolean]>([
  ['nothing has been sent yet', {}, false],
  ['something waits for a minute', { oldestWaiting: ago(60_000) }, false],
  ['something waits longer than a minute', { oldestWaiting: ago(60_001) }, true],
  ['the circuit is open', { circuit: 'open' }, true],
  ['the circuit probes', { circuit: 'half-open' }, true],
])('delivery while %s', (_what, status, degraded) => {
  expect(isDegraded({ ...deliveryStatus(), ...status }, NOW)).toBe(degraded);
});

test('a failure degrades delivery until the next success', () => {
  delivery.lastFailure = { at: ago(2), reason: 'http_500' };
  expect(isDegraded(deliveryStatus(), NOW)).toBe(true);
  delivery.lastSuccess = ago(1);
  expect(isDegraded(deliveryStatus(), NOW)).toBe(false);
});

test.each([
  ['a path that is missing', { health: {} }, 'health.path: received undefined; expected a path such as'],
  ['a path without a slash', { health: { path: 'health' } }, 'health.path: received "health"'],
  ['a path with parameters', { health: { path: '/health/:id' } }, 'health.path: received "/health/:id"'],
  ['a wrong switch', { health: { path: '/h', critical: 'yes' } }, 'health.critical: received "yes"'],
  ['a boolean', { health: true }, 'health: received true; expected an object with any of path, critical'],
])('%s is refused', (_what, options, message) => {
  const forRoot = () => SentryModule.forRoot(options as never);
  expect(forRoot).toThrow(ConfigurationError);
  expect(forRoot).toThrow(message);
});

test('a wrong option of the indicator is refused', () => {
  expect(() => SentryHealthModule.forRoot({ critcal: true } as never)).toThrow('health.critcal: received true');
});

test('without SentryModule the application does not start, and the error says why', async () => {
  @Module({ imports: [SentryHealthModule.forRoot()] })
  class AppModule {}
  const start = NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  await expect(start).rejects.toThrow('health: received "SentryHealthModule without SentryModule"');
});
