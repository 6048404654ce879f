import { type DynamicModule, Module } from '@nestjs/common';
import type { SentryAsyncOptions } from '../../partners/async-options.js';
import type { TypeOrmOptions } from './typeorm-options.js';
import { typeOrm } from './typeorm-partner.js';

/**
 * Options for TypeORM, beside `SentryModule`, in any module of the application. Without it, the data sources of
 * `TypeOrmModule` are tracked with the defaults. Importing it again changes nothing.
 *
 * ```ts
 * import { SentryTypeOrmModule } from 'nestjs-error-tracker/typeorm';
 *
 * @Module({ imports: [SentryModule.forRoot(), SentryTypeOrmModule.forRoot({ slowerThan: '200ms' })] })
 * export class AppModule {}
 * ```
 */
@Module({})
export class SentryTypeOrmModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value; at bootstrap, without `SentryModule` */
  static forRoot(options: TypeOrmOptions = {}): DynamicModule {
    return typeOrm.moduleWith(SentryTypeOrmModule, options);
  }

  /**
   * Like {@link SentryTypeOrmModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryAsyncOptions<TypeOrmOptions>): DynamicModule {
    return typeOrm.moduleWithAsync(SentryTypeOrmModule, options);
  }
}
