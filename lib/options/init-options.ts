import type { NodeOptions } from '@sentry/nestjs';
import type { Duration } from './duration.js';
import type { GroupingOptions, GroupingRule } from './grouping-options.js';
import type { NamePattern, SamplingOptions, ThrottleOptions } from './sampling-options.js';
import type { ScrubbingOptions } from './scrubbing-options.js';
import type { SpoolOptions } from './spool-options.js';

/**
 * Options that start the Sentry SDK. A `SENTRY_*` variable named below sets the same option; an explicit option wins
 * over the variable. A wrong value throws `ConfigurationError`.
 *
 * @example
 * ```ts
 * initSentry({
 *   tracesSampleRate: 0.2,
 *   sampling: { critical: ['/payments/*'] },
 *   scrubbing: { keys: ['tax number'] },
 *   sdk: { ignoreErrors: ['AbortError'] },
 * });
 * ```
 */
export interface InitOptions {
  /** Whether Sentry is enabled. If false, nothing is captured. `SENTRY_ENABLED`. Default: true. */
  enabled?: boolean | undefined;
  /**
   * Where events are sent: `https://<key>@<host>/<project>`. `SENTRY_DSN`. Default: the local inbox in development
   * (`npx nestjs-error-tracker inbox`); otherwise none, and nothing is sent.
   */
  dsn?: string | undefined;
  /**
   * Name of the environment; also selects the preset (development, staging or production) of other defaults.
   * `SENTRY_ENVIRONMENT`, `NODE_ENV`. Default: `production` if a DSN is given, else `development`. Unknown names use the
   * production preset.
   */
  environment?: string | undefined;
  /**
   * Version of the application. `SENTRY_RELEASE`, `GIT_COMMIT_SHA`, `APP_VERSION`. Default: the commit from the
   * variables of the CI, else the commit of the git checkout, else `name@version` of the nearest package.json.
   */
  release?: string | undefined;
  /** Name of this server. `SENTRY_SERVER_NAME`, `HOSTNAME`. Default: the host name. */
  serverName?: string | undefined;
  /** Whether the SDK logs its activity to the console. `SENTRY_DEBUG`. Default: false. */
  debug?: boolean | undefined;
  /** Rate of error events that are sent, from 0 to 1. `SENTRY_SAMPLE_RATE`, `SENTRY_ERROR_SAMPLE_RATE`. Default: 1. */
  sampleRate?: number | undefined;
  /**
   * Rate of traces that are sent, from 0 to 1. `SENTRY_TRACES_SAMPLE_RATE`. Default: 1 in development, 0.5 in staging,
   * 0.1 in production.
   */
  tracesSampleRate?: number | undefined;
  /**
   * Rate of traces that are profiled, from 0 to 1. Requires `@sentry/profiling-node`. `SENTRY_PROFILES_SAMPLE_RATE`.
   * Default: 1 in development, 0.2 in staging, 0.1 in production.
   */
  profilesSampleRate?: number | undefined;
  /** Maximum number of breadcrumbs per event. `SENTRY_MAX_BREADCRUMBS`. Default: 100. */
  maxBreadcrumbs?: number | undefined;
  /** Whether captured messages include a stack trace. `SENTRY_ATTACH_STACKTRACE`. Default: true. */
  attachStacktrace?: boolean | undefined;
  /**
   * Whether stack frames include the values of local variables. `SENTRY_INCLUDE_LOCAL_VARIABLES`. Default: true,
   * except in production.
   */
  includeLocalVariables?: boolean | undefined;
  /** How long a shutdown waits for pending events to be sent. `SENTRY_SHUTDOWN_TIMEOUT`. Default: 2000 ms. */
  shutdownTimeout?: Duration | undefined;
  /**
   * What is removed before anything is sent; `false` sends everything unchanged. `SENTRY_SEND_DEFAULT_PII=true` sets
   * `{ pii: 'keep' }`. Default: secrets are removed, e-mail and IP addresses are replaced by pseudonyms.
   */
  scrubbing?: ScrubbingOptions | false | undefined;
  /** Trace rates by name and error rates by type. Default: health, metrics and static file endpoints are not traced. */
  sampling?: SamplingOptions | undefined;
  /**
   * Limits for events of one group and of the whole process; `false` sends every event. Suppressed events are
   * counted and reported in a summary. Errors that crash the process are always sent. `SENTRY_THROTTLE=false` disables
   * it. Default: 10 at once and then 10 per minute for each group; 1000 per minute for the process.
   */
  throttle?: ThrottleOptions | false | undefined;
  /**
   * Where undelivered events are stored on disk; `false` keeps them in memory only. Default: up to 50 MB for three days,
   * in the directory set by `SENTRY_SPOOL_DIR`.
   */
  spool?: SpoolOptions | false | undefined;
  /**
   * Which errors form one issue: the first matching rule decides, then the presets. An array is short for `{ rules }`.
   * Default: the presets.
   */
  grouping?: GroupingRule[] | GroupingOptions | undefined;
  /** Which breadcrumbs are recorded. */
  breadcrumbs?: BreadcrumbOptions | undefined;
  /** Which parts of Nest get spans, and how far a trace goes. */
  tracing?: TracingOptions | undefined;
  /**
   * Other options of the Sentry SDK: `integrations`, `beforeSend`, `denyUrls`, … Options that this interface already
   * has are rejected. Hooks run before scrubbing; if one throws, the fault is counted in `status().faults`.
   */
  sdk?: SdkOptions | undefined;
}

/**
 * Options of the Sentry SDK that {@link InitOptions} does not have.
 *
 * @example
 * ```ts
 * initSentry({ sdk: { ignoreErrors: ['AbortError'], beforeSend: (event) => (event.tags?.internal ? null : event) } });
 * ```
 */
export type SdkOptions = Omit<Partial<NodeOptions>, keyof InitOptions>;

/**
 * Which breadcrumbs are recorded.
 *
 * @example
 * ```ts
 * initSentry({ breadcrumbs: { ignore: ['POST /heartbeat'], console: false } });
 * ```
 */
export interface BreadcrumbOptions {
  /** Whether console output becomes breadcrumbs. Default: true. */
  console?: boolean | undefined;
  /**
   * Whether to skip requests to health, readiness and metrics endpoints, static files and favicons, which
   * `sampling.presets` does not trace either. Default: true.
   */
  presets?: boolean | undefined;
  /** Other requests that get no breadcrumb, by method and path: `['POST /heartbeat']`. Default: none. */
  ignore?: NamePattern[] | undefined;
  /**
   * Whether a breadcrumb that repeats the previous one is merged into it, which increments its `count` and updates its
   * timestamp. Default: true.
   */
  fold?: boolean | undefined;
}

/**
 * Which parts of Nest get spans, and how far a trace goes.
 *
 * @example
 * ```ts
 * initSentry({ tracing: { rpcTargets: ['orders:3001', /^cache\./] } });
 * ```
 */
export interface TracingOptions {
  /** Whether every guard, pipe, interceptor and middleware gets a span. Costs CPU. Default: false. */
  components?: boolean | undefined;
  /**
   * The services of `ClientProxy` that receive the trace: parts of an address, or expressions (`'orders:3001'`,
   * `/^cache\./`). Default: `sdk.tracePropagationTargets`.
   *
   * With neither, the trace is sent in the headers of RabbitMQ and NATS, and not over TCP, Redis and MQTT: their
   * messages have no headers, and a consumer may refuse a packet with an additional property.
   */
  rpcTargets?: (string | RegExp)[] | undefined;
}
