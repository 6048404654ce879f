/**
 * The entry point `nestjs-error-tracker/health` for @nestjs/terminus: a health indicator that tells whether events are
 * delivered. Without Terminus, use `SentryModule.forRoot({ health: { path: '/health/sentry' } })`.
 *
 * @packageDocumentation
 */
import { requirePartners } from '../../optional-dependencies/require-partners.js';

export { SentryHealthIndicator, type SentryHealthResult } from './sentry-health.indicator.js';
export { SentryHealthModule, type SentryHealthOptions } from './sentry-health.module.js';
export type { CircuitState } from '../../delivery/circuit.js';
export type { SentryHealth } from '../../tracker/health.js';

requirePartners('health', ['@nestjs/terminus']);
