/**
 * The entry point `nestjs-error-tracker/http-client` for axios, `HttpService` and `fetch`. Calls to other services are
 * tracked without it; it takes options.
 *
 * @packageDocumentation
 */
export { SentryHttpClientModule } from './sentry-http-client.module.js';
export { trackAxios } from './track-axios.js';
export type { HttpClientOptions } from './http-client-options.js';
export type { ApplicationValue } from '../../options/application-value.js';
export type { Duration } from '../../options/duration.js';
export type { OptionsFactory, SentryAsyncOptions } from '../../partners/async-options.js';
