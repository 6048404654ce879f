import type { SeverityLevel, User } from '@sentry/nestjs';

/**
 * Data for one event, in addition to the data of its scope.
 *
 * @example
 * ```ts
 * tracker.captureException(error, { level: 'warning', tags: { shelf: '7' }, extra: { attempt: 3 } });
 * ```
 */
export interface CaptureContext {
  level?: SeverityLevel | undefined;
  tags?: Record<string, string | number | boolean | null | undefined> | undefined;
  extra?: Record<string, unknown> | undefined;
  contexts?: Record<string, Record<string, unknown> | undefined> | undefined;
  user?: User | undefined;
  fingerprint?: string[] | undefined;
}
