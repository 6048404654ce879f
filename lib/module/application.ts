import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolveAlerts } from '../alerts/resolve-alerts.js';
import { RunningAlerts } from '../alerts/running-alerts.js';
import { budgetWatch } from '../capture/budgets.js';
import type { ApplicationPolicy } from '../tracker/error-tracker.js';
import { trackAdapter } from '../hooks/http-exceptions.js';
import type { PolicyOf, CapturePolicy } from '../capture/policy.js';
import { trackApplication } from '../capture/application-registry.js';
import { policyResolver } from '../capture/report.decorator.js';
import { registerApplication, unregisterApplication } from '../context/applications.js';
import { applicationContext } from '../context/application-context.js';
import type { ApplicationContext } from '../context/execution.js';
import { CriticalRoutes } from '../context/critical-routes.js';
import { expressRouteOf } from '../context/express-routes.js';
import { withRequestExecution } from '../context/requests-without-server.js';
import { addFirstHook, type FastifyInstance } from './prepend-fastify-hook.js';
import { linkPlatformRequest } from '../context/http-execution.js';
import { RouteTable } from '../context/route-table.js';
import { patchPrototype } from '../hooks/patch-method.js';
import { dryRun } from '../process-state/dry-run.js';
import { testKit } from '../process-state/test-kit.js';
import { guarded, stats } from '../stats/stats.js';
import { clientState } from '../client/state.js';
import type { IntegrationSwitches, SentryModuleOptions } from '../options/module-options.js';
import { logOnce } from './log-once.js';
import { serveHealth } from './serve-health.js';
import { addressThrough, serveTunnelAt } from './serve-tunnel.js';
import { Tunnel } from '../tunnel/tunnel.js';
import { noteUnmatchedNames } from './unmatched-names.js';

/** An Express application. Servers and direct callers pass requests to `handle`. */
interface ExpressLike {
  handle(request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void;
}

/** The configuration of one Nest application; there is one, however often the module is imported. */
export class Application implements ApplicationPolicy {
  policyOf: PolicyOf = policyResolver({});
  context: ApplicationContext = applicationContext({});
  integrations: IntegrationSwitches = {};
  modules?: ModulesContainer;
  clsKeys: readonly string[] = [];
  private configured = false;
  alerts?: RunningAlerts;
  private budgets: SentryModuleOptions['budgets'];
  private alertOptions: SentryModuleOptions['alerts'];
  private health: SentryModuleOptions['health'];
  private tunnelOptions: SentryModuleOptions['tunnel'];
  private tunnel?: Tunnel;
  private routes: ApplicationContext['route'];
  private linked?: object;
  private readonly critical = new CriticalRoutes();

  get general(): CapturePolicy {
    return this.policyOf(undefined);
  }

  /** Applies the first options that set anything; later ones are ignored. */
  configure(options: SentryModuleOptions): void {
    if (this.configured) return;
    this.configured = Object.values(options).some((value) => value !== undefined);
    unregisterApplication(this.context);
    this.policyOf = policyResolver(options.capture ?? {});
    this.context = applicationContext(options);
    registerApplication(this.context);
    trackApplication(this.context, this);
    this.integrations = options.integrations ?? {};
    this.clsKeys = options.context?.cls ?? [];
    this.budgets = options.budgets;
    this.alertOptions = options.alerts;
    this.health = options.health;
    this.tunnelOptions = options.tunnel;
    if (options.budgets) this.context.ended = budgetWatch(options.budgets);
  }

  /** Registers the objects by which a handler finds its application: the adapter, its host and the modules. */
  watch(modules: ModulesContainer, host: HttpAdapterHost): void {
    this.modules = modules;
    trackApplication(modules, this);
    trackApplication(host, this);
    const adapter = host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (!adapter) return;
    trackApplication(adapter, this);
    trackAdapter(adapter, (handler) => this.policyOf(handler));
    guarded('wiring', () => {
      this.link(adapter);
    });
  }

  /** @param adapter - its server is listening or about to listen */
  attach(adapter: HttpAdapterHost['httpAdapter']): void {
    registerApplication(this.context, adapter.getHttpServer() as object | undefined);
    this.context.route = this.routes;
  }

  /** Called once the routes are registered. */
  readRoutes(): void {
    const { routes, critical } = this;
    if (routes && !critical.isEmpty) {
      this.context.critical = (method, path) => critical.has(method, routes(method, path));
    }
  }

  noteUnmatchedNames(): void {
    if (this.routes) noteUnmatchedNames(this.budgets, this.critical.registered);
  }

  /** Called before routes are registered, so that a failure in middleware is also named after its route. */
  private link(adapter: HttpAdapterHost['httpAdapter']): void {
    if (this.linked === adapter) return;
    this.linked = adapter;
    this.critical.watch(adapter);
    if (adapter.getType() === 'express') this.linkExpress(adapter.getInstance<ExpressLike>());
    if (adapter.getType() === 'fastify') this.linkFastify(adapter.getInstance<FastifyInstance>());
    if (this.health) serveHealth(adapter, this.health);
  }

  private linkExpress(express: ExpressLike): void {
    // GraphQL has no route there: it is mounted as middleware, before the routes.
    const tunnelled = this.tunnelled.bind(this);
    this.routes = (method, path) => this.context.graphql?.endpointOf(path) ?? expressRouteOf(express, method, path);
    patchPrototype(
      'requests',
      express,
      'handle',
      (handle) =>
        function (request, response, next) {
          if (tunnelled(request, response)) return;
          withRequestExecution(request, response, () => {
            handle.call(this, request, response, next);
          });
        },
    );
  }

  private linkFastify(fastify: FastifyInstance): void {
    const table = new RouteTable(fastify.initialConfig);
    this.routes = (method, path) => table.find(method, path);
    fastify.addHook('onRoute', ({ method, url }) => {
      guarded('fastify-route', () => {
        table.add(method, url);
      });
    });
    addFirstHook(fastify, (request, reply, done) => {
      if (this.tunnelled(request.raw, reply.raw, reply)) return;
      guarded('fastify-request', () => {
        linkPlatformRequest(request.raw, request);
      });
      withRequestExecution(request.raw, reply.raw, done);
    });
    stats.hooks.requests = true;
  }

  /**
   * @param adapter - its server is listening or about to listen
   * @param globalPrefix - of the application, without slashes around it; empty if there is none
   */
  openTunnel(adapter: HttpAdapterHost['httpAdapter'], globalPrefix: string): void {
    const { tunnelOptions: options } = this;
    if (!options || this.tunnel) return;
    const path = options.prefixed && globalPrefix !== '' ? `/${globalPrefix}${options.path}` : options.path;
    this.tunnel = new Tunnel(options, path, addressThrough(adapter));
    serveTunnelAt(adapter.getHttpServer() as object | undefined, this.tunnel);
  }

  /** Answers a request for the tunnel that did not come through the server of the application. */
  private tunnelled(request: IncomingMessage, response: ServerResponse, reply?: { hijack(): void }): boolean {
    const { tunnel } = this;
    if (!tunnel?.takes(request)) return false;
    reply?.hijack();
    void tunnel.handle(request, response);
    return true;
  }

  /** Called once the options are final, before the application handles anything. */
  startAlerts(): void {
    if (this.alerts || dryRun.isOn || clientState.options?.enabled === false) return;
    const isTest = testKit.receive !== undefined;
    if (isTest && this.alertOptions?.enabled !== true) return; // a test of something else notifies nobody
    const resolved = resolveAlerts(this.alertOptions, isTest ? {} : process.env);
    if (!resolved) return;
    const alerts = new RunningAlerts(resolved, this.context, (text) => {
      logOnce('warn', text);
    });
    this.alerts = alerts;
    const { ended } = this.context;
    this.context.ended = (execution, scope) => {
      ended?.(execution, scope);
      alerts.ended(execution);
    };
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
