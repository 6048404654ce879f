import type { ApplicationValue } from './application-value.js';
import type { Domain, DomainName } from './domain-options.js';
import type { Duration } from './duration.js';

/**
 * Options of `@TrackOperation` and `tracker.track`.
 *
 * @example
 * ```ts
 * await tracker.track({ name: 'report.render', slowerThan: '10s', tags: { team: 'reports' } }, () => render(report));
 * ```
 */
export interface OperationOptions {
  /** Name of the operation. Default: `Class.method`. */
  name?: string | undefined;
  /** Operation (`op`) of the span. Default: `function`. */
  op?: string | undefined;
  /**
   * Returns the data recorded at the start, from the arguments. It is added to the span and the breadcrumbs, and
   * scrubbed. A promise is not awaited and counts as the fault `operation-data`.
   */
  data?: ((...args: ApplicationValue[]) => object | undefined) | undefined;
  /** Returns the data recorded at the end, from the result, or from the last value of an Observable or iterator. */
  result?: ((value: ApplicationValue) => object | undefined) | undefined;
  /** Duration above which a `Slow operation` warning is sent. Default: `operations.slowerThan` of the module. */
  slowerThan?: Duration | undefined;
  /**
   * Domain of the errors that this operation throws: they get its tags, context, level and fingerprint, with `data` as
   * the domain data. If operations are nested, the innermost one with a domain wins.
   */
  domain?: DomainName | Domain | undefined;
  /** Tags of the errors that this operation throws. */
  tags?: Record<string, string | number | boolean> | undefined;
  /** Fingerprint of the errors that this operation throws. Default: the fingerprint of the domain. */
  fingerprint?: string[] | undefined;
  /** Level of the errors that this operation throws. Default: the level of the domain. */
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug' | undefined;
  /**
   * On a handler: always trace its requests, messages or events, regardless of `sampling`, unless the parent trace is
   * not sampled. With `root`, the same applies to the operation's own transaction. Default: false.
   */
  critical?: boolean | undefined;
  /** Whether the operation starts its own transaction, even inside another one. Default: false. */
  root?: boolean | undefined;
}
