import type { SeverityLevel, User } from '@sentry/nestjs';

/** Data for one event, in addition to the data of its scope. */
export interface CaptureContext {
  level?: SeverityLevel | undefined;
  tags?: Record<string, string | number | boolean | null | undefined> | undefined;
  extra?: Record<string, unknown> | undefined;
  contexts?: Record<string, Record<string, unknown> | undefined> | undefined;
  user?: User | undefined;
  fingerprint?: string[] | undefined;
}
