import { ConfigurationError } from '../../options/configuration-error.js';
import { isDataSource } from './data-source.js';
import { trackOwn } from './data-sources.js';
import { typeOrmShape, type TypeOrmOptions } from './typeorm-options.js';

/**
 * Tracks a data source that is not a provider of the application, as if it were one:
 *
 * ```ts
 * import { trackDataSource } from 'nestjs-error-tracker/typeorm';
 * import { DataSource } from 'typeorm';
 *
 * const dataSource = new DataSource({ type: 'postgres', url: process.env.REPORTS_URL });
 * export const reports = trackDataSource(dataSource, { slowerThan: '5s' });
 * ```
 *
 * @param options - take precedence over those of `SentryTypeOrmModule`
 * @returns the same data source
 * @throws ConfigurationError - if it is not a data source, or an option is unknown or has a wrong value
 */
export function trackDataSource<T extends object>(dataSource: T, options: TypeOrmOptions = {}): T {
  typeOrmShape(options, 'typeorm');
  if (!isDataSource(dataSource)) {
    throw new ConfigurationError({
      path: 'trackDataSource',
      received: dataSource,
      expected: 'a DataSource of TypeORM',
      fix: 'pass the object that new DataSource(…) returns',
    });
  }
  trackOwn(dataSource, options);
  return dataSource;
}
