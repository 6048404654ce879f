/**
 * The entry point `nestjs-error-tracker/schedule` for @nestjs/schedule. Schedules are tracked without it; it takes
 * options.
 *
 * @packageDocumentation
 */
import { requirePartners } from '../../optional-dependencies/require-partners.js';

export { SentryScheduleModule } from './sentry-schedule.module.js';
export { Monitor } from './monitor.decorator.js';
export type { MonitorDefaults, MonitorOptions, ScheduleOptions } from './schedule-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { Duration } from '../../options/duration.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';

requirePartners('schedule', ['@nestjs/schedule']);
