/**
 * The entry point `nestjs-error-tracker/events` for @nestjs/event-emitter and @nestjs/cqrs. Events, commands and queries
 * are tracked without it; it takes options.
 *
 * @packageDocumentation
 */
import { requireOnePartner } from '../../optional-dependencies/require-partners.js';

export { SentryEventsModule } from './sentry-events.module.js';
export type { EventsOptions } from './events-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { Duration } from '../../options/duration.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';

requireOnePartner('events', ['@nestjs/event-emitter', '@nestjs/cqrs']);
