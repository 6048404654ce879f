import type { SentryModuleOptions } from '../options/module-options.js';
import type { OptionsFactory, SentryAsyncOptions } from '../partners/async-options.js';

/**
 * Creates the options of the module; for `useClass` and `useExisting`.
 *
 * @example
 * ```ts
 * import { type SentryModuleOptions, type SentryOptionsFactory } from 'nestjs-error-tracker';
 *
 * @Injectable()
 * export class SentrySettings implements SentryOptionsFactory {
 *   createSentryOptions(): SentryModuleOptions {
 *     return { operations: { slowerThan: process.env.NODE_ENV === 'production' ? '2s' : '10s' } };
 *   }
 * }
 * SentryModule.forRootAsync({ useClass: SentrySettings });
 * ```
 */
export type SentryOptionsFactory = OptionsFactory<SentryModuleOptions>;

/**
 * Options of `SentryModule.forRootAsync()`: one of `useFactory`, `useClass` and `useExisting`.
 *
 * @example
 * ```ts
 * SentryModule.forRootAsync({
 *   inject: ['SETTINGS'],
 *   useFactory: (settings: { slow: number }) => ({ operations: { slowerThan: settings.slow } }),
 * });
 * ```
 */
export interface SentryModuleAsyncOptions extends SentryAsyncOptions<SentryModuleOptions> {
  /** Whether `ErrorTracker` can be injected everywhere without importing the module again. Default: true. */
  isGlobal?: boolean | undefined;
}
