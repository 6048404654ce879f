import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { ScheduleOptions } from './schedule-options.js';
import { schedule } from './schedule-partner.js';

/**
 * Options for scheduled jobs, beside `SentryModule`, in any module of the application. Without it, they are tracked with
 * the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryScheduleModule } from 'nestjs-error-tracker/schedule';
 *
 * @Module({ imports: [SentryModule.forRoot(), SentryScheduleModule.forRoot({ monitors: { maxRuntime: '10m' } })] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryScheduleModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: ScheduleOptions = {}): DynamicModule {
    return schedule.moduleWith(SentryScheduleModule, options);
  }

  /**
   * Like {@link SentryScheduleModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<ScheduleOptions>): DynamicModule {
    return schedule.moduleWithAsync(SentryScheduleModule, options);
  }
}
