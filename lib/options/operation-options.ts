import type { ApplicationValue } from './application-value.js';
import type { Domain, DomainName } from './domain-options.js';
import type { Duration } from './duration.js';

/** How a tracked operation is seen. */
export interface OperationOptions {
  /** Default `Class.method`. */
  name?: string | undefined;
  /** Span operation, default `function`. */
  op?: string | undefined;
  /**
   * What to note at the start, from the arguments; on span and breadcrumbs, scrubbed like everything. Answers at once: a
   * promise counts as a fault, `operation-data`.
   */
  data?: ((...args: ApplicationValue[]) => object | undefined) | undefined;
  /** What to note at the end, from the value; of an Observable or iterator the last one. */
  result?: ((value: ApplicationValue) => object | undefined) | undefined;
  /** Over it, a `Slow operation` warning is sent. Default: the module's `operations.slowerThan`. */
  slowerThan?: Duration | undefined;
  /**
   * Domain of the errors that leave this operation: they get its tags, context, level and group, with `data` as the
   * data of the domain. Of nested operations the innermost that says something holds.
   */
  domain?: DomainName | Domain | undefined;
  /** Tags of the errors that leave this operation. */
  tags?: Record<string, string | number | boolean> | undefined;
  /** Fingerprint of the errors that leave this operation; default that of the domain. */
  fingerprint?: string[] | undefined;
  /** Level of the errors that leave this operation; default that of the domain. */
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug' | undefined;
  /**
   * On a handler: its requests, messages or events are always traced, whatever `sampling` says, unless the trace that
   * they belong to is not. With `root`, the same for its own transaction. Default false.
   */
  critical?: boolean | undefined;
  /** A transaction of its own, even inside another one. */
  root?: boolean | undefined;
}
