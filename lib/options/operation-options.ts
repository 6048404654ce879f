import type { Domain, DomainName } from './domain-options.js';
import type { Duration } from './duration.js';

/** Options of `@TrackOperation` and `tracker.track`. */
export interface OperationOptions {
  /** Name of the operation. Default: `Class.method`. */
  name?: string;
  /** Operation (`op`) of the span. Default: `function`. */
  op?: string;
  /** Data recorded at the start, from the arguments. Added to the span and the breadcrumbs, and scrubbed. */
  data?: (...args: never[]) => object | undefined;
  /** Data recorded at the end, from the result; of an Observable or iterator, from its last value. */
  result?: (value: never) => object | undefined;
  /** Duration above which a `Slow operation` warning is sent. Default: `operations.slowerThan` of the module. */
  slowerThan?: Duration;
  /**
   * Domain of the errors that this operation throws: they get its tags, context, level and fingerprint, with `data` as
   * the domain data. Among nested operations, the innermost one with a domain wins.
   */
  domain?: DomainName | Domain;
  /** Tags of the errors that this operation throws. */
  tags?: Record<string, string | number | boolean>;
  /** Fingerprint of the errors that this operation throws. Default: that of the domain. */
  fingerprint?: string[];
  /** Level of the errors that this operation throws. Default: that of the domain. */
  level?: 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug';
  /**
   * On a handler: always trace its requests, messages or events, whatever `sampling` says, unless the parent trace is
   * not sampled. With `root`, the same for the operation's own transaction. Default: false.
   */
  critical?: boolean;
  /** Whether the operation starts its own transaction, even inside another one. Default: false. */
  root?: boolean;
}
