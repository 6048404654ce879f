import type { ArgumentsHost, Type } from '@nestjs/common';
import type { User } from '@sentry/nestjs';
import type { RequestLike } from './application-value.js';
import type { Duration } from './duration.js';
import type { InitOptions } from './init-options.js';

/** Options of `SentryModule.forRoot()`. */
export interface SentryModuleOptions {
  /**
   * Starts the SDK here if nothing has started it yet. Modules that are loaded by then cannot be instrumented any
   * more; a note says once what is lost. Better: `nestjs-error-tracker/init` or `/register`, first thing in the process.
   */
  init?: InitOptions | undefined;
  /** Which failures are reported. */
  capture?: CaptureOptions | undefined;
  /** Who the user of a request is; asked when an event is built. Default: `id`, `username`, `email` of `request.user`. */
  user?: UserResolver | UserOptions | undefined;
  /** What else an event says about its request. */
  context?: ContextOptions | undefined;
  operations?: OperationDefaults | undefined;
  /**
   * How long requests, messages and events may take, by name: `{ 'GET /orders/:id': '300ms', 'rpc orders.*': '1s' }`.
   * Over it, a warning `Performance budget exceeded` is sent, grouped by route, with the slowest spans of that request;
   * of one that is not traced, with its slowest tracked operations.
   *
   * The names are patterns as in `sampling.traces`, without regular expressions; a parameter stands for a
   * parameter of the route. A pattern without `*` wins over one with it, a longer over a shorter one. Requests that
   * come to no route have no budget, nor have streams of events. Default: none.
   */
  budgets?: Record<string, Duration> | undefined;
  /** Whether `ErrorTracker` can be injected everywhere without importing the module again. Default true. */
  isGlobal?: boolean | undefined;
}

/** Exact codes win over `'4xx'` and `'5xx'`. */
export type StatusKey = number | '4xx' | '5xx';

export interface CaptureOptions {
  /**
   * Share of the failures with this status that is reported, 0 to 1. A failure that is not an HTTP error and that
   * nothing maps to a status below 500 is always reported. Default `{ '5xx': 1 }`, which stays unless it is overwritten.
   */
  status?: Partial<Record<StatusKey, number | undefined>> | undefined;
  /** Failures that are never reported: error classes, names or parts of messages, patterns, predicates. */
  ignore?: IgnoreRule[] | undefined;
  /**
   * GraphQL extension codes (`extensions.code`) that are errors of the client and not reported; replaces the default:
   * `BAD_REQUEST`, `BAD_USER_INPUT`, `FORBIDDEN`, `GRAPHQL_PARSE_FAILED`, `GRAPHQL_VALIDATION_FAILED`,
   * `OPERATION_RESOLUTION_FAILURE`, `PERSISTED_QUERY_NOT_FOUND`, `PERSISTED_QUERY_NOT_SUPPORTED`, `UNAUTHENTICATED`.
   * `[]` reports them all. An error that also has a status is judged by that too: a 403 stays subject to `status`.
   */
  graphqlCodes?: string[] | undefined;
}

export type IgnoreRule = Type | string | RegExp | ((error: unknown, host: ArgumentsHost) => boolean);

/**
 * Gets the request of the transport (for HTTP that of the platform). What is falsy stands for: no user known here.
 * Answers at once. May throw: the event goes out without a user and the failure is counted as `user-resolver`.
 */
export type UserResolver<R = RequestLike> = {
  // The bivariance of methods accepts a parameter of the application's own type.
  resolve(request: R): User | null | undefined | false | '' | 0;
}['resolve'];

/** Gets the request of the transport, as {@link UserResolver}. */
export type TagsResolver<R = RequestLike> = { resolve(request: R): Tags | null | undefined }['resolve'];

export interface UserOptions {
  resolve?: UserResolver | undefined;
  /** Which properties of `request.user` are taken where there is no resolver. Default `id`, `username`, `email`. */
  fields?: string[] | undefined;
}

type Tags = Record<string, string | number | boolean | null | undefined>;

export interface ContextOptions {
  /**
   * Tags of every event of a request. Answers at once. May throw: the event goes out, the failure is counted as
   * `context-tags`.
   */
  tags?: TagsResolver | undefined;
  /** Header that carries the request id. Default `x-request-id`; without it the id of the trace is used. */
  requestIdHeader?: string | undefined;
}

export interface OperationDefaults {
  /** How long a tracked operation may take before it leaves a `Slow operation` warning. Default: no limit. */
  slowerThan?: Duration | undefined;
}
