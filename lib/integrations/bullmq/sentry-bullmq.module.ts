import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { BullMqOptions } from './bullmq-options.js';
import { bullMq } from './bullmq-partner.js';

/**
 * Options for the jobs of BullMQ, beside `SentryModule`, in any module of the application. Without it, jobs are tracked
 * with the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
 *
 * @Module({ imports: [SentryModule.forRoot(), SentryBullMqModule.forRoot({ report: 'every' })] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryBullMqModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: BullMqOptions = {}): DynamicModule {
    return bullMq.moduleWith(SentryBullMqModule, options);
  }

  /**
   * Like {@link SentryBullMqModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<BullMqOptions>): DynamicModule {
    return bullMq.moduleWithAsync(SentryBullMqModule, options);
  }
}
