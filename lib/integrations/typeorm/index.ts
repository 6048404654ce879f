/**
 * The entry point `nestjs-error-tracker/typeorm` for typeorm and @nestjs/typeorm. Their data sources are tracked without
 * it; it takes options.
 *
 * @packageDocumentation
 */
import { requirePartners } from '../../optional-dependencies/require-partners.js';

export { SentryTypeOrmModule } from './sentry-typeorm.module.js';
export { trackDataSource } from './track-data-source.js';
export type { TypeOrmOptions } from './typeorm-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { Duration } from '../../options/duration.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';

requirePartners('typeorm', ['typeorm', '@nestjs/typeorm']);
