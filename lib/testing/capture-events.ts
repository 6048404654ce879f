import type { InitOptions } from '../options/init-options.js';
import { ArrivedEvents, type CapturedEvents } from './captured-events.js';
import { reset } from './reset.js';
import { addHook } from './runner.js';
import { endTests, startForTests } from './test-client.js';

/**
 * Captures what the applications of this test file report, in place of sending it: no DSN, no network, no files. Call it at
 * the top of the file; the application keeps its own `SentryModule.forRoot()`:
 *
 * ```ts
 * import { captureEvents } from 'nestjs-error-tracker/testing';
 * import request from 'supertest';
 *
 * const events = captureEvents();
 *
 * test('an outage of the gateway is reported', async () => {
 *   await request(app.getHttpServer()).post('/payments').send(payment).expect(502);
 *   await events.expectOne({ type: 'GatewayError', transaction: 'POST /payments', tag: { domain: 'payment' } });
 * });
 * ```
 *
 * Everything is scrubbed as in production. All errors and traces are kept (`sampleRate` and `tracesSampleRate` are 1), and
 * nothing is throttled; the environment is `test`. Each test begins with no events: Jest, Vitest and node:test are
 * recognised; elsewhere, call `clear()` before each test.
 *
 * @param options - of `initSentry()`; override what the application passes to `initSentry()` or `forRoot({ init })`
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function captureEvents(options?: InitOptions): CapturedEvents {
  startForTests(options, 'captureEvents');
  resetBeforeEachTest();
  return new ArrivedEvents();
}

/** Where the runner still accepts hooks: at the top of a test file, or of a group of tests. */
export function resetBeforeEachTest(): void {
  addHook('beforeEach', reset);
  addHook('afterAll', () => endTests());
}
