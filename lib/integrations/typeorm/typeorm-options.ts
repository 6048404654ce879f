import { parseDuration, type Duration } from '../../options/duration.js';
import * as schema from '../../options/schema.js';
import type { QuerySettings } from '../../queries/query-source.js';

/**
 * Options of `SentryTypeOrmModule.forRoot()`, `trackDataSource()` and `trackPrisma()`.
 *
 * @example
 * ```ts
 * import { SentryTypeOrmModule } from 'nestjs-error-tracker/typeorm';
 *
 * SentryTypeOrmModule.forRoot({ slowerThan: '200ms', nPlusOne: 20 });
 * ```
 */
export interface TypeOrmOptions {
  /** Duration above which a query sends a `Slow query` warning, grouped by its statement. Default: one second. */
  slowerThan?: Duration | undefined;
  /**
   * How often the same statement may run in one request, message or job before an `N+1 queries` warning is sent, with the
   * place in the code. False: no warning. Default: 10.
   */
  nPlusOne?: number | false | undefined;
}

const DEFAULT_SLOWER_THAN = 1_000;
const DEFAULT_N_PLUS_ONE = 10;

export const typeOrmShape = schema.shape({
  slowerThan: schema.duration,
  nPlusOne: schema.either(
    'a whole number from 2, or false',
    'use for example 10, or false for no warning',
    schema.atLeast(2),
    schema.oneOf(false),
  ),
});

export function compileQuerySettings({ slowerThan, nPlusOne = DEFAULT_N_PLUS_ONE }: TypeOrmOptions): QuerySettings {
  return { slowerThan: parseDuration(slowerThan) ?? DEFAULT_SLOWER_THAN, nPlusOne };
}
