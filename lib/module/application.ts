import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage } from 'node:http';
import { ErrorTracker, type ApplicationPolicy } from '../capture/error-tracker.js';
import { watchAdapter, type PolicyOf } from '../capture/nest-hooks.js';
import type { CapturePolicy } from '../capture/policy.js';
import { policyResolver } from '../capture/report.decorator.js';
import {
  applicationContext,
  registerApplication,
  unregisterApplication,
  type ApplicationContext,
} from '../context/application.js';
import { linkPlatformRequest } from '../context/http-execution.js';
import { guarded } from '../ledger/ledger.js';
import { parseDuration } from '../options/duration.js';
import type { SentryModuleOptions } from '../options/module-options.js';
import { operationDefaults } from '../operations/specification.js';

export const MODULE_OPTIONS = Symbol.for('nestjs-error-tracker.module-options');

/** The parts of a Fastify instance that are used here. */
interface FastifyLike {
  addHook(name: 'onRequest', hook: (request: { raw: IncomingMessage }, reply: unknown, done: () => void) => void): void;
}

/** What one Nest application has configured. However often the module is imported, an application has one. */
class Application implements ApplicationPolicy {
  policyOf: PolicyOf = policyResolver({});
  context: ApplicationContext = applicationContext({});
  private configured = false;
  private attached = false;

  get general(): CapturePolicy {
    return this.policyOf(undefined);
  }

  /** The first options that say anything hold. */
  configure(options: SentryModuleOptions, host: HttpAdapterHost): void {
    if (this.configured) return;
    this.configured = Object.values(options).some((value) => value !== undefined);
    unregisterApplication(this.context);
    this.policyOf = policyResolver(options.capture ?? {});
    this.context = applicationContext(options);
    registerApplication(this.context, host);
    const slowerThan = parseDuration(options.operations?.slowerThan);
    if (slowerThan !== undefined) operationDefaults.slowerThan = slowerThan;
  }

  watch(adapter: HttpAdapterHost | HttpAdapterHost['httpAdapter']): void {
    watchAdapter(adapter, (handler) => this.policyOf(handler));
  }

  /** @param adapter - whose server is listening, or about to */
  attach(adapter: HttpAdapterHost['httpAdapter']): void {
    registerApplication(this.context, adapter.getHttpServer() as object | undefined);
    if (this.attached || adapter.getType() !== 'fastify') return;
    this.attached = true;
    adapter.getInstance<FastifyLike>().addHook('onRequest', (request, _reply, done) => {
      guarded('fastify-request', () => {
        linkPlatformRequest(request.raw, request);
      });
      done();
    });
  }

  detach(): void {
    unregisterApplication(this.context);
  }
}

const applications = new WeakMap<HttpAdapterHost, Application>();

/** The application that this host belongs to; every import of the module finds the same one. */
export function applicationOf(host: HttpAdapterHost): Application {
  let application = applications.get(host);
  if (!application) applications.set(host, (application = new Application()));
  return application;
}

/** Ties the module's options to the running application, and lets everything leave before it stops. */
@Injectable()
export class ApplicationWiring implements OnModuleInit, OnApplicationShutdown {
  private readonly application: Application;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(MODULE_OPTIONS) options: SentryModuleOptions,
    @Inject(ErrorTracker) private readonly tracker: ErrorTracker,
  ) {
    this.application = applicationOf(host);
    this.application.configure(options, host);
    this.application.watch(host);
    if (this.adapter) this.application.watch(this.adapter);
  }

  onModuleInit(): void {
    const { adapter } = this;
    if (adapter) {
      guarded('wiring', () => {
        this.application.attach(adapter);
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracker.flush();
    this.application.detach();
  }

  /** None in an application context without a server. */
  private get adapter(): HttpAdapterHost['httpAdapter'] | undefined {
    return this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
  }
}
