import type { BreadcrumbHint } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';

const replaced = processWide('replaced-requests', () => new WeakSet<object>());

/** The mark on the hint of the breadcrumb that takes the place of the SDK's own. */
export const REPLACEMENT = Symbol.for('nestjs-error-tracker.replacement-breadcrumb');

/** Drops the breadcrumb that the SDK makes of a request of an HTTP client: another one takes its place. */
export function replaceBreadcrumbOf(request: object): void {
  replaced.add(request);
}

/** Whether this is the SDK's own breadcrumb of a request that has another one. */
export function isReplaced(hint: BreadcrumbHint | undefined): boolean {
  const request: unknown = hint?.request;
  return typeof request === 'object' && request !== null && replaced.has(request) && !(REPLACEMENT in (hint as object));
}
