import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { EventsOptions } from './events-options.js';
import { events } from './events-partner.js';

/**
 * Options for event handlers and CQRS, beside `SentryModule`, in any module of the application. Without it, they are
 * tracked with the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryEventsModule } from 'nestjs-error-tracker/events';
 *
 * @Module({ imports: [SentryModule.forRoot(), SentryEventsModule.forRoot({ slowerThan: '2s' })] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryEventsModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: EventsOptions = {}): DynamicModule {
    return events.moduleWith(SentryEventsModule, options);
  }

  /**
   * Like {@link SentryEventsModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<EventsOptions>): DynamicModule {
    return events.moduleWithAsync(SentryEventsModule, options);
  }
}
