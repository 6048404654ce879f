import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { setImmediate } from 'node:timers';
import { clientState } from '../client/state.js';
import { interruptRuns } from '../capture/check-ins.js';
import { activeTransport } from '../delivery/status.js';
import { hookCommands } from '../hooks/commands.js';
import { onBeforeInit } from '../hooks/lifecycle.js';
import { warnOfMissingHooks } from '../hooks/missing-hooks.js';
import { hookCls } from '../integrations/cls/hook-cls.js';
import { hookGraphql } from '../integrations/graphql/hook-graphql.js';
import type { SentryModuleOptions } from '../options/module-options.js';
import { dryRun } from '../process-state/dry-run.js';
import { guarded } from '../stats/stats.js';
import { flushCaptured } from '../tracker/flush.js';
import { applicationOf, type Application } from './application.js';
import { hookBackgroundWork } from './background-work.js';
import { logOnce } from './log-once.js';
import { MODULE_OPTIONS } from './module-options-token.js';
import { noteSdkComponents } from './sdk-components.js';
import { noteIfNotStarted } from './late-start.js';
import { logDestination } from './startup-message.js';
import { trackProviders } from './tracked-providers.js';

/** Connects the module's options to the running application, and flushes events before it stops. */
@Injectable()
export class ApplicationWiring implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly application: Application;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(MODULE_OPTIONS) options: SentryModuleOptions,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
  ) {
    this.application = applicationOf(host);
    dryRun.onModule?.(modules);
    this.application.configure(options);
    this.application.watch(modules, host);
    // Nest's testing module creates providers before the application has an adapter.
    guarded('wiring', () => {
      host.init$.subscribe(() => {
        this.application.watch(modules, host);
      });
    });
    guarded('graphql-hooks', () => {
      hookGraphql(modules);
    });
    hookBackgroundWork(modules);
    onBeforeInit(modules, () => {
      trackProviders(modules);
    });
    guarded('commands', () => {
      hookCommands(modules);
    });
  }

  onModuleInit(): void {
    guarded('alerts', () => {
      this.application.startAlerts();
    });
    trackProviders(this.modules); // where Nest's lifecycle is not hooked
    guarded('cls-hooks', () => {
      this.hookCls();
    });
    const { adapter } = this;
    if (!adapter) return;
    this.application.watch(this.modules, this.host);
    guarded('wiring', () => {
      this.application.attach(adapter);
    });
    guarded('tunnel', () => {
      this.application.openTunnel(adapter, this.config.getGlobalPrefix().replace(/^\/+|\/+$/g, ''));
    });
  }

  onApplicationBootstrap(): void {
    trackProviders(this.modules); // a hook of a provider may have created its client
    this.application.readRoutes();
    warnOfMissingHooks();
    dryRun.onBootstrap?.();
    guarded('start-notes', () => {
      setImmediate(noteIfNotStarted); // a hook of another provider may still call Sentry.init()
      logDestination();
      noteSdkComponents(this.modules);
      this.application.noteUnmatchedNames();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    interruptRuns(this.application.context);
    await flushCaptured();
    await this.application.alerts?.stop(clientState.options?.shutdownTimeout ?? 0);
    this.application.detach();
    // Nest ends the process with the signal, which does not trigger exit handlers.
    guarded('delivery', () => activeTransport.outbox?.rest());
  }

  private hookCls(): void {
    const { clsKeys, context } = this.application;
    if (clsKeys.length === 0) return;
    context.cls = hookCls(clsKeys, this.modules);
    if (!context.cls) logOnce('warn', 'context.cls: no ClsService was found. Import ClsModule of nestjs-cls.');
  }

  /** Undefined in an application context without a server. */
  private get adapter(): HttpAdapterHost['httpAdapter'] | undefined {
    return this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
  }
}
