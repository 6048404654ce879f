import type { FactoryProvider, ModuleMetadata, Provider, Type } from '@nestjs/common';
import { ConfigurationError } from '../options/configuration-error.js';
import type { ApplicationValue } from '../options/application-value.js';
import type { SentryModuleOptions } from '../options/module-options.js';
import { MODULE_OPTIONS } from './module-options-token.js';

/** Creates the options of the module; for `useClass` and `useExisting`. */
export interface SentryOptionsFactory {
  createSentryOptions(): SentryModuleOptions | Promise<SentryModuleOptions>;
}

/** Options of `SentryModule.forRootAsync()`: one of `useFactory`, `useClass` and `useExisting`. */
export interface SentryModuleAsyncOptions {
  imports?: ModuleMetadata['imports'] | undefined;
  inject?: FactoryProvider['inject'] | undefined;
  /** Receives the providers listed in `inject`. */
  useFactory?: ((...args: ApplicationValue[]) => SentryModuleOptions | Promise<SentryModuleOptions>) | undefined;
  useClass?: Type<SentryOptionsFactory> | undefined;
  useExisting?: Type<SentryOptionsFactory> | undefined;
  /** Whether `ErrorTracker` can be injected everywhere without importing the module again. Default: true. */
  isGlobal?: boolean | undefined;
}

type Accept = (options: unknown) => SentryModuleOptions;

/** @param accept - validates the options once they are available, and starts Sentry if they have `init` */
export function asyncOptionProviders(options: SentryModuleAsyncOptions, accept: Accept): Provider[] {
  const { inject, useFactory, useClass, useExisting } = options;
  if (typeof useFactory === 'function') {
    const make = useFactory as (...args: unknown[]) => unknown;
    return [
      {
        provide: MODULE_OPTIONS,
        inject: inject ?? [],
        useFactory: async (...args: unknown[]) => accept(await make(...args)),
      },
    ];
  }
  const factory = useExisting ?? useClass;
  if (typeof factory !== 'function') {
    throw new ConfigurationError({
      path: 'forRootAsync',
      received: Object.keys(options),
      expected: 'one of useFactory, useClass and useExisting',
      fix: 'use for example { inject: [ConfigService], useFactory: (config) => ({ … }) }, or call forRoot()',
    });
  }
  const make: Provider = {
    provide: MODULE_OPTIONS,
    inject: [factory],
    useFactory: async (maker: SentryOptionsFactory) => accept(await maker.createSentryOptions()),
  };
  return useClass ? [{ provide: useClass, useClass }, make] : [make];
}
