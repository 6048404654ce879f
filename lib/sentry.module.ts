import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { APPLICATION_POLICY, ErrorTracker } from './tracker/error-tracker.js';
import { patchNest } from './hooks/patch-nest.js';
import { SentryExceptionFilter } from './hooks/sentry-exception.filter.js';
import { trackMessageHandlers } from './integrations/microservices/message-handlers.js';
import { trackGateways } from './integrations/websockets/index.js';
import { applicationOf, ApplicationWiring, MODULE_OPTIONS } from './module/application.js';
import { asyncOptionProviders, type SentryModuleAsyncOptions } from './module/async-options.js';
import { startFromModule } from './module/late-start.js';
import type { SentryModuleOptions } from './options/module-options.js';
import { validateModuleOptions } from './options/resolve-module.js';
import { TracingInterceptor } from './tracing/tracing.interceptor.js';

/**
 * Error tracking for a Nest application. Import it once, in the root module:
 *
 * ```ts
 * @Module({ imports: [SentryModule.forRoot()] })
 * export class AppModule {}
 * ```
 *
 * From then on every unexpected failure is reported once, whichever filter answers it, and {@link ErrorTracker} can be
 * injected everywhere. Importing it again changes nothing.
 */
@Module({})
export class SentryModule {
  /** @throws ConfigurationError - where an option is unknown or cannot be used */
  static forRoot(options: SentryModuleOptions = {}): DynamicModule {
    return assemble([{ provide: MODULE_OPTIONS, useValue: accept(options) }], options.isGlobal);
  }

  /**
   * Like {@link SentryModule.forRoot}, with options that are made by a factory once its dependencies are there.
   *
   * @throws ConfigurationError - where there is no factory; at bootstrap, where its options cannot be used
   */
  static forRootAsync(options: SentryModuleAsyncOptions): DynamicModule {
    const providers = asyncOptionProviders(options, accept);
    return { ...assemble(providers, options.isGlobal), imports: options.imports ?? [] };
  }
}

function accept(options: unknown): SentryModuleOptions {
  const given = options ?? {};
  validateModuleOptions(given);
  startFromModule(given.init);
  return given;
}

function assemble(optionProviders: Provider[], isGlobal = true): DynamicModule {
  const providers: Provider[] = [
    ...optionProviders,
    { provide: APPLICATION_POLICY, inject: [HttpAdapterHost], useFactory: applicationOf },
    ErrorTracker,
    ApplicationWiring,
    { provide: APP_INTERCEPTOR, useClass: TracingInterceptor },
  ];
  if (!patchNest()) providers.push({ provide: APP_FILTER, useClass: SentryExceptionFilter });
  trackMessageHandlers();
  trackGateways();
  return { module: SentryModule, global: isGlobal, providers, exports: [ErrorTracker] };
}
