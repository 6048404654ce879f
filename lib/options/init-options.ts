import type { NodeOptions } from '@sentry/nestjs';
import type { Duration } from './duration.js';
import type { GroupingOptions, GroupingRule } from './grouping-options.js';
import type { NamePattern, SamplingOptions, ThrottleOptions } from './sampling-options.js';
import type { ScrubbingOptions } from './scrubbing-options.js';
import type { SpoolOptions } from './spool-options.js';

/** What starts the SDK. Every option can also come from the `SENTRY_*` variable named beside it; the option wins. */
export interface InitOptions {
  /** Whether anything is captured at all. `SENTRY_ENABLED`; default true. */
  enabled?: boolean | undefined;
  /** Where events go: `https://<key>@<host>/<project>`. `SENTRY_DSN`; in development the inbox when none is given. */
  dsn?: string | undefined;
  /** `SENTRY_ENVIRONMENT`, `NODE_ENV`; default `development`. Chooses the preset, see {@link presetOf}. */
  environment?: string | undefined;
  /**
   * `SENTRY_RELEASE`, `GIT_COMMIT_SHA`, `APP_VERSION`; else the variables of the CI, else the commit of the git
   * checkout, else `name@version` of the nearest package.json.
   */
  release?: string | undefined;
  /** `SENTRY_SERVER_NAME`, `HOSTNAME`; default the name of the host. */
  serverName?: string | undefined;
  /** Lets the SDK say what it does on the console. `SENTRY_DEBUG`; default false. */
  debug?: boolean | undefined;
  /** Share of error events that are sent, 0 to 1. `SENTRY_SAMPLE_RATE`; default 1. */
  sampleRate?: number | undefined;
  /** Share of traces that are sent, 0 to 1. `SENTRY_TRACES_SAMPLE_RATE`; development 1, staging 0.5, production 0.1. */
  tracesSampleRate?: number | undefined;
  /**
   * Share of traces that are profiled, 0 to 1; needs `@sentry/profiling-node`. `SENTRY_PROFILES_SAMPLE_RATE`;
   * development 1, staging 0.2, production 0.1.
   */
  profilesSampleRate?: number | undefined;
  /** Breadcrumbs that are kept for an event. `SENTRY_MAX_BREADCRUMBS`; default 100. */
  maxBreadcrumbs?: number | undefined;
  /** Whether messages carry a stack too. `SENTRY_ATTACH_STACKTRACE`; default true. */
  attachStacktrace?: boolean | undefined;
  /** Whether stack frames carry the values of local variables. `SENTRY_INCLUDE_LOCAL_VARIABLES`; false in production. */
  includeLocalVariables?: boolean | undefined;
  /** How long a shutdown waits for events to leave. `SENTRY_SHUTDOWN_TIMEOUT`; default 2000 ms. */
  shutdownTimeout?: Duration | undefined;
  /**
   * What is removed before anything leaves; `false` sends everything as it is. `SENTRY_SEND_DEFAULT_PII=true` is
   * `{ pii: 'keep' }`. Default: secrets are removed, e-mail and IP addresses become pseudonyms.
   */
  scrubbing?: ScrubbingOptions | false | undefined;
  /** Trace rates by endpoint and error rates by kind. Default: health, metrics and static paths are not traced. */
  sampling?: SamplingOptions | undefined;
  /**
   * How many events of one problem, and of the whole process, are sent; what is over it is counted, and a summary says
   * so. Crashes of the process always go. `SENTRY_THROTTLE=false` switches it off. Default: 10 at once, then 10 a minute, and 1000 a minute of the process.
   * `false` sends every event.
   */
  throttle?: ThrottleOptions | false | undefined;
  /**
   * What is written to disk until Sentry has taken it; `false` keeps it in memory only. Default: at most 50 MB, three
   * days, in the folder of `SENTRY_SPOOL_DIR`.
   */
  spool?: SpoolOptions | false | undefined;
  /**
   * Which failures form one issue; the first rule that matches wins, then the presets. A list stands for `{ rules }`.
   * Default: the presets.
   */
  grouping?: GroupingRule[] | GroupingOptions | undefined;
  breadcrumbs?: BreadcrumbOptions | undefined;
  tracing?: TracingOptions | undefined;
  /** Raw options of the Sentry SDK; those of this interface win. Its hooks run before the scrubber. */
  sdk?: Partial<NodeOptions> | undefined;
}

export interface BreadcrumbOptions {
  /** Whether what is written to the console becomes a breadcrumb. Default true. */
  console?: boolean | undefined;
  /**
   * Leaves out calls of health, readiness and metrics endpoints, static files and favicons: what `sampling.presets` does
   * not trace. Default true.
   */
  presets?: boolean | undefined;
  /** Further calls that leave no breadcrumb, by method and path: `['POST /heartbeat']`. Default none. */
  ignore?: NamePattern[] | undefined;
  /**
   * Whether a breadcrumb that says the same as the one before it raises the `count` in the data of that one, which keeps
   * the time of the last. Default true.
   */
  fold?: boolean | undefined;
}

export interface TracingOptions {
  /** A span for every guard, pipe, interceptor and middleware, as the SDK makes them. Costs CPU; default false. */
  components?: boolean | undefined;
}
