import * as schema from './schema.js';

/**
 * Options of `SentryModule.forRoot({ health })`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ health: { path: '/health/sentry' } });
 * ```
 */
export interface HealthOptions {
  /**
   * The path that answers a `SentryHealth` as JSON: `/health/sentry`. It is not below the global prefix, and the guards
   * and interceptors of the application do not apply to it.
   */
  path: string;
  /** Whether the response has the status 503 while delivery is degraded. Default: false, always 200. */
  critical?: boolean | undefined;
}

const path = schema.check(
  "a path such as '/health/sentry', without parameters and wildcards",
  "use a path that begins with '/', for example '/health/sentry'",
  (value) => typeof value === 'string' && /^\/[\w\-.~/]*$/.test(value),
);

const known = schema.shape({ path, critical: schema.boolean });

export const healthShape: schema.Check = (value, at) => {
  known(value, at);
  path((value as Partial<HealthOptions>).path, `${at}.path`);
};
