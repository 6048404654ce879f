import {
  Logger,
  type DynamicModule,
  type FactoryProvider,
  type OnModuleInit,
  type Provider,
  type Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { isDeepStrictEqual } from 'node:util';
import { trackedApplication, type TrackedApplication } from '../capture/application-registry.js';
import { applicationOf } from '../context/applications.js';
import { currentExecution } from '../context/execution.js';
import { trackingApplication } from '../hooks/explorer.js';
import type { IntegrationSwitches } from '../options/module-options.js';
import type { Check } from '../options/schema.js';
import { processWide } from '../process-state/process-wide.js';
import { asyncOptionProviders, type SentryAsyncOptions } from './async-options.js';
import { requireSentryModule } from './require-sentry-module.js';

/** Describes the options of a partner entry. */
export interface PartnerDefinition<Options, Settings> {
  /** The name of the entry and of its switch; the path of every option begins with it. */
  name: keyof IntegrationSwitches;
  /** Checks the options. */
  check: Check;
  /** Compiles the options of one application, once, into what its hooks read. */
  compile: (options: Options) => Settings;
}

/** An application that tracks a partner library, and the settings of the library's entry. */
export interface Tracking<Settings> {
  readonly application: TrackedApplication;
  readonly settings: Settings;
}

/**
 * A partner library whose entry takes options: builds the module of the entry, and keeps the compiled options of each
 * application. Without that module, the defaults apply.
 */
export class Partner<Options extends object, Settings> {
  /** By Nest's `ModulesContainer`, which identifies an application before any of its modules is initialized. */
  private readonly byModules: WeakMap<object, Settings>;
  private readonly applied = new WeakMap<object, Options>();
  private readonly defaults: Settings;
  private readonly token: symbol;

  constructor(private readonly definition: PartnerDefinition<Options, Settings>) {
    const { name, compile } = definition;
    this.byModules = processWide(`partner-${name}`, () => new WeakMap<object, Settings>());
    this.defaults = compile({} as Options);
    this.token = Symbol.for(`nestjs-error-tracker.options.${name}`);
  }

  /**
   * @param modules - Nest's `ModulesContainer`
   * @returns undefined if the application does not track this library
   */
  trackingIn(modules: object | undefined): Tracking<Settings> | undefined {
    const application = trackingApplication(modules, this.definition.name);
    return modules && application && { application, settings: this.byModules.get(modules) ?? this.defaults };
  }

  /** Like {@link Partner.trackingIn}, for the application of the running code: of its execution, or the only one. */
  trackingHere(): Tracking<Settings> | undefined {
    return this.trackingIn(trackedApplication(applicationOf(currentExecution()))?.modules);
  }

  /** @throws ConfigurationError - if an option is unknown or has a wrong value */
  moduleWith(module: Type, options: Options): DynamicModule {
    return this.module(module, [{ provide: this.token, useValue: this.accept(options) }]);
  }

  /** @throws ConfigurationError - if there is no factory; at bootstrap, if its options are invalid */
  moduleWithAsync(module: Type, options: SentryAsyncOptions<Options>): DynamicModule {
    const providers = asyncOptionProviders(this.token, options, (made) => this.accept(made));
    return { ...this.module(module, providers), imports: options.imports ?? [] };
  }

  private accept(options: unknown): Options {
    const given = options === undefined ? {} : options;
    this.definition.check(given, this.definition.name);
    return given as Options;
  }

  private module(module: Type, optionProviders: Provider[]): DynamicModule {
    const wiring: FactoryProvider = {
      provide: Symbol(`${module.name} wiring`),
      inject: [ModulesContainer, this.token],
      useFactory: (modules: ModulesContainer, options: Options): OnModuleInit => {
        this.configure(modules, options);
        return {
          onModuleInit: () => {
            requireSentryModule(this.definition.name, module, modules);
          },
        };
      },
    };
    return { module, providers: [...optionProviders, wiring] };
  }

  /** Applies the first options that set anything; later ones are ignored. */
  private configure(modules: object, options: Options): void {
    const isEmpty = Object.values(options).every((value) => value === undefined);
    if (isEmpty) return;
    const applied = this.applied.get(modules);
    if (!applied) {
      this.applied.set(modules, options);
      this.byModules.set(modules, this.definition.compile(options));
    } else if (!isDeepStrictEqual(applied, options)) this.warnOfIgnored(options);
  }

  private warnOfIgnored(options: Options): void {
    const names = Object.keys(options).join(', ');
    new Logger('SentryModule').warn(
      `Options of the entry '${this.definition.name}' are given twice, and the second ones (${names}) are ignored. ` +
        'Keep one forRoot() of it.',
    );
  }
}
