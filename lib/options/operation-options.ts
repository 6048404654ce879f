import type { Domain, DomainName } from './domain-options.js';
import type { Duration } from './duration.js';

/** How a tracked operation is seen. */
export interface OperationOptions {
  /** Default `Class.method`. */
  name?: string;
  /** Span operation, default `function`. */
  op?: string;
  /** What to note at the start, from the arguments; on span and breadcrumbs, scrubbed like everything. */
  data?: (...args: never[]) => object | undefined;
  /** What to note at the end, from the value; of an Observable or iterator the last one. */
  result?: (value: never) => object | undefined;
  /** Over it, a `Slow operation` warning is sent. Default: the module's `operations.slowerThan`. */
  slowerThan?: Duration;
  /**
   * Domain of the errors that leave this operation: they get its tags, context, level and group, with `data` as the
   * data of the domain. Of nested operations the innermost that says something holds.
   */
  domain?: DomainName | Domain;
  /** Tags of the errors that leave this operation. */
  tags?: Record<string, string | number | boolean>;
  /** Fingerprint of the errors that leave this operation; default that of the domain. */
  fingerprint?: string[];
  /** Level of the errors that leave this operation; default that of the domain. */
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug';
  /**
   * On a handler: its requests, messages or events are always traced, whatever `sampling` says, unless the trace that
   * they belong to is not. With `root`, the same for its own transaction. Default false.
   */
  critical?: boolean;
  /** A transaction of its own, even inside another one. */
  root?: boolean;
}
