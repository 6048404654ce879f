import type { SeverityLevel, User } from '@sentry/nestjs';

/** What one event says besides what its scope says. */
export interface CaptureContext {
  level?: SeverityLevel;
  tags?: Record<string, string | number | boolean | null | undefined>;
  extra?: Record<string, unknown>;
  contexts?: Record<string, Record<string, unknown> | undefined>;
  user?: User;
  fingerprint?: string[];
}
