import type { ArgumentsHost, Type } from '@nestjs/common';
import type { User } from '@sentry/nestjs';
import type { AlertOptions } from './alert-options.js';
import type { RequestLike } from './application-value.js';
import type { Duration } from './duration.js';
import type { HealthOptions } from './health-options.js';
import type { InitOptions } from './init-options.js';
import type { LoggerOptions } from './logger-options.js';
import type { StatusKey } from './status-key.js';
import type { TunnelOptions } from './tunnel-options.js';

/**
 * Options of `SentryModule.forRoot()`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({
 *   capture: { status: { '5xx': 1, 403: 0.1 }, ignore: [OutOfStockError] },
 *   user: (request: ShopRequest) => request.user && { id: request.user.sub },
 *   operations: { slowerThan: '2s' },
 *   budgets: { 'GET /orders/:id': '300ms' },
 * });
 * ```
 */
export interface SentryModuleOptions {
  /**
   * Starts the SDK here if it has not been started yet. Modules that are already loaded can no longer be instrumented;
   * a warning lists what is lost. Prefer `nestjs-error-tracker/init` or `/register` as the first import of the process.
   */
  init?: InitOptions | undefined;
  /** Which failures are reported. */
  capture?: CaptureOptions | undefined;
  /** The user of a request, resolved when an event is built. Default: `id`, `username` and `email` of `request.user`. */
  user?: UserResolver | UserOptions | undefined;
  /** Tags and request id of events. */
  context?: ContextOptions | undefined;
  /**
   * What becomes of the lines of Nest's logger: each is a breadcrumb, whichever logger prints it. `false` leaves the
   * logger alone.
   */
  logger?: LoggerOptions | false | undefined;
  /** Defaults of tracked operations. */
  operations?: OperationDefaults | undefined;
  /**
   * Maximum duration of requests, messages and events, by name: `{ 'GET /orders/:id': '300ms', 'rpc orders.*': '1s' }`.
   * When one takes longer, a `Performance budget exceeded` warning is sent, grouped by route, with the slowest spans of
   * the request, or its slowest tracked operations if it is not traced.
   *
   * Names are patterns as in `sampling.traces`, without regular expressions; a parameter matches a parameter of the
   * route. A pattern without `*` wins over one with it, a longer one over a shorter one. Requests that match no route and
   * event streams have no budget. Default: none.
   */
  budgets?: Record<string, Duration> | undefined;
  /**
   * Who is notified of which failures. Default: the channels that environment variables name, with `standardRules()`; none
   * without them.
   */
  alerts?: AlertOptions | undefined;
  /**
   * A path that shows whether events are delivered: `{ path: '/health/sentry' }`. With Terminus, use
   * `nestjs-error-tracker/health` instead. Default: none.
   */
  health?: HealthOptions | undefined;
  /**
   * A path that takes what Sentry's browser and mobile SDKs send (their option `tunnel`), scrubs it, and forwards it:
   * `{ path: '/monitoring' }`. Default: none.
   */
  tunnel?: TunnelOptions | undefined;
  /** Partner libraries that are not tracked: `{ bullmq: false }`. Default: whatever is installed is tracked. */
  integrations?: IntegrationSwitches | undefined;
  /** Whether `ErrorTracker` can be injected everywhere without importing the module again. Default: true. */
  isGlobal?: boolean | undefined;
}

/**
 * Which partner libraries are tracked; each default is true. `false` leaves the library as it is without this one.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ integrations: { redis: false } });
 * ```
 */
export interface IntegrationSwitches {
  /** `@nestjs/bullmq`. */
  bullmq?: boolean | undefined;
  /** `@nestjs/schedule`. */
  schedule?: boolean | undefined;
  /** `@nestjs/event-emitter` and `@nestjs/cqrs`. */
  events?: boolean | undefined;
  /** `ioredis` and the cache of `@nestjs/cache-manager`. */
  redis?: boolean | undefined;
  /** Calls to other services: `@nestjs/axios`, axios, `fetch` and all other clients of HTTP. */
  httpClient?: boolean | undefined;
  /** Deliveries of nodemailer, Twilio, SendGrid and push services. */
  notifications?: boolean | undefined;
  /** TypeORM. */
  typeorm?: boolean | undefined;
  /** Prisma clients with `trackPrisma()`. */
  prisma?: boolean | undefined;
}

/**
 * Which failures are reported.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ capture: { status: { 404: 0.01 }, ignore: ['ECONNRESET', /^aborted/i] } });
 * ```
 */
export interface CaptureOptions {
  /**
   * Rate of failures with this status that are reported, from 0 to 1. A failure that is not an HTTP error and
   * is not mapped to a status below 500 is always reported. Default: `{ '5xx': 1 }`, which applies unless overridden.
   */
  status?: Partial<Record<StatusKey, number | undefined>> | undefined;
  /** Failures that are never reported: error classes, names or parts of messages, patterns, or predicates. Default: none. */
  ignore?: IgnoreRule[] | undefined;
  /**
   * GraphQL extension codes (`extensions.code`) of client errors, which are not reported. Replaces the default:
   * `BAD_REQUEST`, `BAD_USER_INPUT`, `FORBIDDEN`, `GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`,
   * `OPERATION_RESOLUTION_FAILURE`, `PERSISTED_QUERY_NOT_FOUND`, `PERSISTED_QUERY_NOT_SUPPORTED`, `UNAUTHENTICATED`.
   * `[]` reports them all. If an error also has a status, `status` applies too, for example to a 403.
   */
  graphqlCodes?: string[] | undefined;
}

/**
 * An error class, a name or part of a message, a pattern, or a predicate.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ capture: { ignore: [OutOfStockError, 'ECONNRESET', (error) => error === null] } });
 * ```
 */
export type IgnoreRule = Type | string | RegExp | ((error: unknown, host: ArgumentsHost) => boolean);

/**
 * Returns the user of a request, or a falsy value if there is none. It receives the request of the transport: for HTTP,
 * the Express or Fastify request. If it throws, the event is sent without a user and the failure is counted as
 * `user-resolver`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ user: (request: ShopRequest) => request.user && { id: request.user.sub } });
 * ```
 */
export type UserResolver<R = RequestLike> = {
  // Methods are bivariant, so that the parameter may have the application's own type.
  resolve(request: R): User | null | undefined | false | '' | 0;
}['resolve'];

/**
 * Returns the tags of a request; receives the same request as {@link UserResolver}.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ context: { tags: (request: ShopRequest) => ({ tenant: request.get('x-tenant') }) } });
 * ```
 */
export type TagsResolver<R = RequestLike> = { resolve(request: R): Tags | null | undefined }['resolve'];

/**
 * How the user of an event is determined.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ user: { fields: ['id', 'tenant'] } });
 * ```
 */
export interface UserOptions {
  /** Returns the user of a request. Default: `request.user`. */
  resolve?: UserResolver | undefined;
  /** Properties of `request.user` that are sent if there is no resolver. Default: `id`, `username`, `email`. */
  fields?: string[] | undefined;
}

/**
 * Tags of an event; `null` and `undefined` values are not set.
 *
 * @example
 * ```ts
 * import { type Tags } from 'nestjs-error-tracker';
 *
 * const tagsOf = (request: ShopRequest): Tags => ({ tenant: request.get('x-tenant'), beta: request.user?.role === 'beta' });
 * SentryModule.forRoot({ context: { tags: tagsOf } });
 * ```
 */
export type Tags = Record<string, string | number | boolean | null | undefined>;

/**
 * Tags and request id of events.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ context: { cls: ['tenantId'], requestIdHeader: 'x-correlation-id' } });
 * ```
 */
export interface ContextOptions {
  /**
   * Returns the tags of every event of a request. If it throws, the event is sent without them and the failure is counted
   * as `context-tags`.
   */
  tags?: TagsResolver | undefined;
  /**
   * Keys of nestjs-cls whose values are tags of every event of a request, message or job: `['tenantId', 'user.role']`.
   * Strings, numbers and booleans; a tag has the name of its key. Default: none.
   */
  cls?: string[] | undefined;
  /** Header that carries the request id. Default: `x-request-id`. If it is missing, the trace id is used. */
  requestIdHeader?: string | undefined;
}

/**
 * Defaults of tracked operations.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ operations: { slowerThan: '2s' } });
 * ```
 */
export interface OperationDefaults {
  /** Duration above which a tracked operation sends a `Slow operation` warning. Default: no limit. */
  slowerThan?: Duration | undefined;
}
