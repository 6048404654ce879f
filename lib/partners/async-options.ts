import type { FactoryProvider, InjectionToken, ModuleMetadata, Provider, Type } from '@nestjs/common';
import type { ApplicationValue } from '../options/application-value.js';
import { ConfigurationError } from '../options/configuration-error.js';

/**
 * Creates the options of a module; for `useClass` and `useExisting`.
 *
 * @example
 * ```ts
 * import { type OptionsFactory, type SentryModuleOptions } from 'nestjs-error-tracker';
 *
 * @Injectable()
 * export class SentrySettings implements OptionsFactory<SentryModuleOptions> {
 *   createSentryOptions(): SentryModuleOptions {
 *     return { operations: { slowerThan: '2s' } };
 *   }
 * }
 *
 * SentryModule.forRootAsync({ useClass: SentrySettings });
 * ```
 */
export interface OptionsFactory<Options> {
  createSentryOptions(): Options | Promise<Options>;
}

/**
 * Options of `forRootAsync()`: one of `useFactory`, `useClass` and `useExisting`.
 *
 * @example
 * ```ts
 * import { SentryBullMqModule } from 'nestjs-error-tracker/bullmq';
 *
 * SentryBullMqModule.forRootAsync({
 *   inject: ['SETTINGS'],
 *   useFactory: (settings: { slow: number }) => ({ slowerThan: settings.slow }),
 * });
 * ```
 */
export interface SentryAsyncOptions<Options> {
  imports?: ModuleMetadata['imports'] | undefined;
  inject?: FactoryProvider['inject'] | undefined;
  /** Receives the providers listed in `inject`. */
  useFactory?: ((...args: ApplicationValue[]) => Options | Promise<Options>) | undefined;
  useClass?: Type<OptionsFactory<Options>> | undefined;
  useExisting?: Type<OptionsFactory<Options>> | undefined;
}

/**
 * The providers of options that are created at bootstrap.
 *
 * @param accept - validates the options once they are available
 */
export function asyncOptionProviders<Options>(
  token: InjectionToken,
  options: SentryAsyncOptions<Options>,
  accept: (options: unknown) => Options,
): Provider[] {
  const { inject, useFactory, useClass, useExisting } = (options as SentryAsyncOptions<Options> | undefined) ?? {};
  if (typeof useFactory === 'function') {
    const make = useFactory as (...args: unknown[]) => unknown;
    return [
      {
        provide: token,
        inject: inject ?? [],
        useFactory: async (...args: unknown[]) => accept(await make(...args)),
      },
    ];
  }
  const factory = useExisting ?? useClass;
  if (typeof factory !== 'function') {
    throw new ConfigurationError({
      path: 'forRootAsync',
      received: options,
      expected: 'one of useFactory, useClass and useExisting',
      fix: 'use for example { inject: [ConfigService], useFactory: (config) => ({ … }) }, or call forRoot()',
    });
  }
  const make: Provider = {
    provide: token,
    inject: [factory],
    useFactory: async (maker: OptionsFactory<Options>) => accept(await maker.createSentryOptions()),
  };
  return useClass ? [{ provide: useClass, useClass }, make] : [make];
}
