import { type Duration } from './duration.js';

/**
 * The name of an execution, or a pattern of names. Case does not matter.
 *
 * - `'POST /payments/*'`: an HTTP method and a path; `'/health*'`: a path, any method;
 *   `'GET|HEAD /feed'`: several methods.
 * - `'job mail *'`, `'rpc orders.*'`: anything else is compared with the name of the transaction; `'query cats'`,
 *   `'mutation Checkout'` with each field at the root of a GraphQL operation, and with the operation's own name.
 * - `*` stands for any run of characters, slashes included, also for none. A trailing `/*` matches the bare path too:
 *   `'/payments/*'` is `/payments`, `/payments/1` and `/payments/1/refunds`, not `/paymentsx`.
 * - `:name` stands for one whole path segment, and so does a parameter of a route template.
 * - A trailing slash, query string and host are ignored; what comes percent-encoded also matches as plain text. A path also matches without its leading `api` and version
 *   segments: `'/health*'` is `/api/v1/health` as well. Any other global prefix has to be written.
 * - A regular expression is tested as written against `GET /path`, the path alone and the name.
 */
export type NamePattern = string | RegExp;

/** How many of the executions with these names are traced. */
export interface TraceRule {
  match: NamePattern | NamePattern[];
  /** Share that is traced, from 0 to 1. */
  rate: number;
}

/** How many of certain errors are reported. Every condition that is given must hold. */
export interface ErrorRule {
  /** A class, the name of a class (or of a base class), or a pattern of such names. */
  type?: ((abstract new (...args: never[]) => unknown) | string | RegExp) | undefined;
  /** Level of the event: `'warning'`, or several. */
  level?: string | string[] | undefined;
  /** Any other condition. One that throws does not hold; the failure is counted. */
  when?: ((error: unknown) => boolean) | undefined;
  /** Share that is reported, from 0 to 1. */
  rate: number;
  /** Lets the rule also thin out errors that nothing handled. Default false: each of them is reported. */
  unhandled?: boolean | undefined;
}

/** What share of traces and errors is kept. */
export interface SamplingOptions {
  /** The first rule that matches decides; where none does, `tracesSampleRate`. */
  traces?: TraceRule[] | undefined;
  /** Patterns of what is always traced, whatever rules and presets say. */
  critical?: NamePattern[] | undefined;
  /**
   * Health, readiness, liveness and metrics endpoints, static files, favicon and robots.txt are not traced.
   * `critical` and `traces` come first. Default true.
   */
  presets?: boolean | undefined;
  /** The first rule that matches decides; where none does, the error is reported. */
  errors?: ErrorRule[] | undefined;
}

/**
 * How many events of one group, and of the whole process, are sent. What is over it is counted, and one summary event
 * for each group says how many were left out.
 */
export interface ThrottleOptions {
  /** Events of one group that go out at once, before `perMinute` holds. Default 10. */
  burst?: number | undefined;
  /** Events of one group that go out each minute after that. Default 10. */
  perMinute?: number | undefined;
  /** Events of the whole process in any minute. Default 1000; `Infinity` for no ceiling. */
  ceiling?: number | undefined;
  /** Groups that are told apart at a time; the one not seen for longest makes room. Default 1000. */
  maxGroups?: number | undefined;
  /** Summaries of their own in one window, for the groups with most left out; the rest share one. Default 100. */
  maxSummaries?: number | undefined;
  /** How long left-out events are counted before a summary goes out. Default `'1m'`. */
  window?: Duration | undefined;
}
