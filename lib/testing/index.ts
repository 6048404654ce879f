/**
 * The entry point `nestjs-error-tracker/testing`: captures what an application reports in a test, in place of sending it.
 * It needs no test runner, and works with each: Jest (CommonJS and ES modules), Vitest, node:test.
 *
 * @packageDocumentation
 */
import { resetBeforeEachTest } from './capture-events.js';

export { captureEvents } from './capture-events.js';
export { CapturedEvents } from './captured-events.js';
export { fakeTracker, type FakeTracker, type TrackerCall } from './fake-tracker.js';
export { SentryTestingModule } from './sentry-testing.module.js';
export type { EventMatch, ExpectedBreadcrumb, SpanMatch } from './matches.js';
export type { TestSpan } from './test-span.js';
export type * from '../index.js'; // what the types above refer to

resetBeforeEachTest(); // for SentryTestingModule, which is imported where the runner accepts no hooks any more
