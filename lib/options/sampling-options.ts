import { type Duration } from './duration.js';

/**
 * The name of a request, message, job or operation, or a pattern for such names. Case is ignored.
 *
 * - `'POST /payments/*'`: an HTTP method and a path; `'/health*'`: a path with any method; `'GET|HEAD /feed'`: several
 *   methods.
 * - `'job mail *'`, `'rpc orders.*'`: anything else is compared with the transaction name. `'query cats'` and
 *   `'mutation Checkout'` are compared with each root field of a GraphQL operation, and with the operation's name.
 * - `*` matches any characters, including slashes and none at all. A trailing `/*` also matches the bare path:
 *   `'/payments/*'` matches `/payments`, `/payments/1` and `/payments/1/refunds`, but not `/paymentsx`.
 * - `:name` matches one whole path segment, and a parameter of a route.
 * - Trailing slash, query string and host are ignored. Percent-encoded paths also match decoded. A leading `api` and
 *   version segment are optional: `'/health*'` also matches `/api/v1/health`. Include any other global prefix in
 *   the pattern.
 * - A regular expression is tested as written against `GET /path`, the path and the name.
 *
 * @example
 * ```ts
 * import { type NamePattern } from 'nestjs-error-tracker';
 *
 * const critical: NamePattern[] = ['POST /payments/*', 'job invoices *', 'mutation Checkout', /^rpc orders\./];
 * ```
 */
export type NamePattern = string | RegExp;

/**
 * Trace rate of executions with matching names.
 *
 * @example
 * ```ts
 * initSentry({ sampling: { traces: [{ match: ['GET /feed', 'query cats'], rate: 0.01 }] } });
 * ```
 */
export interface TraceRule {
  /** One or more names or patterns. */
  match: NamePattern | NamePattern[];
  /** Rate of traces that are kept, from 0 to 1. */
  rate: number;
}

/**
 * Rate of errors that meet all of the given conditions.
 *
 * @example
 * ```ts
 * initSentry({ sampling: { errors: [{ type: 'TimeoutError', level: 'warning', rate: 0.1 }] } });
 * ```
 */
export interface ErrorRule {
  /** A class, the name of a class (or of a base class), or a pattern for such names. */
  type?: ((abstract new (...args: never[]) => unknown) | string | RegExp) | undefined;
  /** One or more event levels: `'warning'`. */
  level?: string | string[] | undefined;
  /** Any other condition. If it throws, the rule does not match and the failure is counted. */
  when?: ((error: unknown) => boolean) | undefined;
  /** Rate of errors that are reported, from 0 to 1. */
  rate: number;
  /** Whether the rule also applies to unhandled errors. Default: false, every unhandled error is reported. */
  unhandled?: boolean | undefined;
}

/**
 * Rates of traces and errors.
 *
 * @example
 * ```ts
 * initSentry({
 *   sampling: {
 *     critical: ['/payments/*'],
 *     traces: [{ match: ['rpc stock.*', 'ws chat.typing'], rate: 0.01 }],
 *     errors: [{ type: 'TimeoutError', rate: 0.1 }],
 *   },
 * });
 * ```
 */
export interface SamplingOptions {
  /** The first matching rule decides; if none matches, `tracesSampleRate` does. */
  traces?: TraceRule[] | undefined;
  /** Names that are always traced, regardless of rules and presets. */
  critical?: NamePattern[] | undefined;
  /**
   * Whether to skip traces of health, readiness, liveness and metrics endpoints, static files, favicon and robots.txt.
   * `critical` and `traces` take precedence. Default: true.
   */
  presets?: boolean | undefined;
  /** The first matching rule decides; if none matches, the error is reported. */
  errors?: ErrorRule[] | undefined;
}

/**
 * Limits for events of one group and of the whole process. Events above the limits are counted, and one summary event
 * per group reports how many were suppressed.
 *
 * @example
 * ```ts
 * initSentry({ throttle: { burst: 5, perMinute: 2, window: '5m' } });
 * ```
 */
export interface ThrottleOptions {
  /** Events of one group that are sent at once, before `perMinute` applies. Default: 10. */
  burst?: number | undefined;
  /** Events of one group that are sent per minute after the burst. Default: 10. */
  perMinute?: number | undefined;
  /** Events of the whole process that are sent in any minute; `Infinity` for no limit. Default: 1000. */
  ceiling?: number | undefined;
  /** Maximum number of groups that are tracked; the least recently used one is dropped first. Default: 1000. */
  maxGroups?: number | undefined;
  /**
   * Maximum number of summaries per window, for the groups with the most suppressed events; the rest share one.
   * Default: 100.
   */
  maxSummaries?: number | undefined;
  /** How long suppressed events are counted before a summary is sent. Default: `'1m'`. */
  window?: Duration | undefined;
}
