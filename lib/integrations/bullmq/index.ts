/**
 * The entry point `nestjs-error-tracker/bullmq` for bullmq and @nestjs/bullmq. Jobs are tracked without it; it takes
 * options.
 *
 * @packageDocumentation
 */
import { requirePartners } from '../../optional-dependencies/require-partners.js';

export { SentryBullMqModule } from './sentry-bullmq.module.js';
export { TrackJob } from './track-job.js';
export type { BullMqOptions } from './bullmq-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { Duration } from '../../options/duration.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';

requirePartners('bullmq', ['bullmq', '@nestjs/bullmq']);
