import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { HttpClientOptions } from './http-client-options.js';
import { httpClient } from './http-client-partner.js';

/**
 * Options for calls to other services, beside `SentryModule`, in any module of the application. Without it, they are
 * tracked with the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryHttpClientModule } from 'nestjs-error-tracker/http-client';
 *
 * @Module({
 *   imports: [
 *     SentryModule.forRoot(),
 *     SentryHttpClientModule.forRoot({ services: { 'api.stripe.com': 'stripe' }, slowerThan: '2s' }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryHttpClientModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: HttpClientOptions = {}): DynamicModule {
    return httpClient.moduleWith(SentryHttpClientModule, options);
  }

  /**
   * Like {@link SentryHttpClientModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<HttpClientOptions>): DynamicModule {
    return httpClient.moduleWithAsync(SentryHttpClientModule, options);
  }
}
