import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { Alerts, ALERTS_HOST } from './alerts/alerts.js';
import { resolveAlerts } from './alerts/resolve-alerts.js';
import { APPLICATION_POLICY, ErrorTracker } from './tracker/error-tracker.js';
import { patchNest } from './hooks/patch-nest.js';
import { SentryExceptionFilter } from './hooks/sentry-exception.filter.js';
import { hookLogger } from './integrations/logger/hook-logger.js';
import { trackMessageHandlers } from './integrations/microservices/message-handlers.js';
import { trackGateways } from './integrations/websockets/index.js';
import { applicationOf } from './module/application.js';
import { ApplicationWiring } from './module/application-wiring.js';
import { MODULE_OPTIONS } from './module/module-options-token.js';
import type { SentryModuleAsyncOptions } from './module/async-options.js';
import { asyncOptionProviders } from './partners/async-options.js';
import { type Class, onClassCopy } from './process-state/class-copies.js';
import { startFromModule } from './module/late-start.js';
import type { SentryModuleOptions } from './options/module-options.js';
import { validateModuleOptions } from './options/resolve-module.js';
import { TracingInterceptor } from './tracing/tracing.interceptor.js';

/**
 * Reports the errors of a Nest application to Sentry. Import it once, in the root module:
 *
 * ```ts
 * @Module({ imports: [SentryModule.forRoot()] })
 * export class AppModule {}
 * ```
 *
 * Every unexpected failure is then reported once, whichever filter handles it, and {@link ErrorTracker} can be injected
 * everywhere. Importing the module again changes nothing.
 */
@Module({})
export class SentryModule {
  /** @throws ConfigurationError - if an option is unknown or has a wrong value */
  static forRoot(options: SentryModuleOptions = {}): DynamicModule {
    return assemble([{ provide: MODULE_OPTIONS, useValue: accept(options) }], options.isGlobal);
  }

  /**
   * Like {@link SentryModule.forRoot}, with options from a factory that can inject dependencies.
   *
   * @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid
   */
  static forRootAsync(options: SentryModuleAsyncOptions): DynamicModule {
    const providers = asyncOptionProviders(MODULE_OPTIONS, options, accept);
    return { ...assemble(providers, options.isGlobal), imports: options.imports ?? [] };
  }
}

function accept(options: unknown): SentryModuleOptions {
  const given = options ?? {};
  validateModuleOptions(given);
  resolveAlerts(given.alerts, process.env);
  startFromModule(given.init);
  return given;
}

function assemble(optionProviders: Provider[], isGlobal = true): DynamicModule {
  const providers: Provider[] = [
    ...optionProviders,
    { provide: APPLICATION_POLICY, inject: [HttpAdapterHost], useFactory: applicationOf },
    { provide: ALERTS_HOST, useExisting: APPLICATION_POLICY },
    ErrorTracker,
    Alerts,
    ApplicationWiring,
    { provide: APP_INTERCEPTOR, useClass: TracingInterceptor },
  ];
  if (!patchNest()) providers.push({ provide: APP_FILTER, useClass: SentryExceptionFilter });
  hookLogger();
  trackMessageHandlers();
  trackGateways();
  const exports: Class[] = [ErrorTracker, Alerts];
  // A plugin that loads the other build of this package injects that one's classes.
  for (const [name, own] of [
    ['ErrorTracker', ErrorTracker],
    ['Alerts', Alerts],
  ] as const)
    onClassCopy(name, own, (copy) => {
      providers.push({ provide: copy, useExisting: own });
      exports.push(copy);
    });
  return { module: SentryModule, global: isGlobal, providers, exports };
}
