import { randomUUID } from 'node:crypto';
import { specify } from '../operations/specification.js';
import type { OperationOptions } from '../options/operation-options.js';
import { ErrorTracker } from '../tracker/error-tracker.js';
import type { TrackerMetrics } from '../tracker/metrics.js';
import type { TrackerStatus } from '../tracker/status.js';

/**
 * A call of a method of the fake tracker.
 *
 * @example
 * ```ts
 * import { fakeTracker, type TrackerCall } from 'nestjs-error-tracker/testing';
 *
 * const isCapture = ({ method }: TrackerCall): boolean => method.startsWith('capture');
 * expect(fakeTracker().calls.filter(isCapture)).toEqual([]);
 * ```
 */
export interface TrackerCall {
  /** `captureException`, `setUser`, `metrics.count`. */
  method: string;
  args: unknown[];
}

/**
 * An {@link ErrorTracker} that reports nothing, and records how it is called.
 *
 * @example
 * ```ts
 * import { type FakeTracker, fakeTracker } from 'nestjs-error-tracker/testing';
 *
 * let fake: FakeTracker;
 * beforeEach(() => {
 *   fake = fakeTracker();
 * });
 * ```
 */
export type FakeTracker = ErrorTracker & { readonly calls: TrackerCall[] };

/**
 * Creates an {@link ErrorTracker} for unit tests, which need no Sentry and no application: it records all calls.
 *
 * ```ts
 * import { Test } from '@nestjs/testing';
 * import { fakeTracker } from 'nestjs-error-tracker/testing';
 *
 * const tracker = fakeTracker();
 * const testing = await Test.createTestingModule({
 *   providers: [PaymentsService, { provide: ErrorTracker, useValue: tracker }],
 * }).compile();
 * await testing.get(PaymentsService).refund('42');
 * expect(tracker.calls).toContainEqual({ method: 'recordEvent', args: ['payment.refunded', { id: '42' }] });
 * ```
 *
 * `track` and `isolate` run the function and return what it returns. What captures something returns an event id, `flush`
 * resolves to true, and `status()` is that of a tracker that has just been started.
 */
export function fakeTracker(): FakeTracker {
  const calls: TrackerCall[] = [];
  const recorded =
    <A extends unknown[], R>(method: string, result: (...args: A) => R) =>
    (...args: A): R => {
      calls.push({ method, args });
      return result(...args);
    };
  const metrics: TrackerMetrics = {
    count: recorded('metrics.count', nothing),
    gauge: recorded('metrics.gauge', nothing),
    distribution: recorded('metrics.distribution', nothing),
    unique: recorded('metrics.unique', nothing),
  };
  const tracker = Object.assign(new ErrorTracker(), { calls, metrics });
  for (const method of Object.getOwnPropertyNames(ErrorTracker.prototype)) {
    if (method === 'constructor') continue;
    const value = recorded(method, RESULTS[method] ?? (method.startsWith('capture') ? eventId : nothing));
    Object.defineProperty(tracker, method, { value, configurable: true, writable: true });
  }
  return tracker;
}

type Result = (...args: never[]) => unknown;

const RESULTS: Readonly<Record<string, Result | undefined>> = {
  reportSlow: eventId,
  track: (operation: string | OperationOptions, run: () => unknown) => {
    specify(typeof operation === 'string' ? { name: operation } : operation, 'tracker.track');
    return run();
  },
  isolate: (run: () => unknown) => run(),
  status,
  flush: () => Promise.resolve(true),
};

function nothing(): void {
  // It is recorded; nothing else happens.
}

function eventId(): string {
  return randomUUID().replaceAll('-', '');
}

function status(): TrackerStatus {
  return {
    state: 'ok',
    enabled: true,
    client: 'own',
    dsnConfigured: true,
    environment: 'test',
    release: 'test',
    sampleRate: 1,
    tracesSampleRate: 1,
    capture: { reported: 0, ignored: 0, sampledOut: 0, throttled: 0 },
    delivery: { delivered: 0, waiting: 0, spooled: 0, retried: 0, dropped: {}, circuit: 'closed', spool: 'off' },
    faults: {},
    hooks: {},
    pools: {},
  };
}
