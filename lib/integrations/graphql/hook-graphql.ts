import { trackedApplication } from '../../capture/application-registry.js';
import { isReference } from '../../context/operation-chain.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { guarded } from '../../stats/stats.js';
import { loadOptional } from '../../optional-dependencies/load-optional.js';
import { operationsOf } from './decide-trace.js';
import { followResolvers, type ResolversExplorer } from './follow-resolvers.js';
import { isolatedExecute, isolatedSubscribe, watchedContext, type Graphql } from './isolate-operations.js';
import type { OwnerOf } from './judge-field.js';
import { apolloPlugin } from './watch-apollo.js';
import { watchMercurius, type Fastify } from './watch-mercurius.js';

interface Module {
  providers: Map<unknown, { metatype?: unknown }>;
}

interface Driver {
  httpAdapterHost?: { httpAdapter?: { getInstance?(): Partial<Fastify> } };
  start(options: DriverOptions): unknown;
}

type Subscriptions = Record<string, unknown> & { 'graphql-ws'?: unknown };
interface DriverOptions {
  /** Includes the global prefix if it applies. */
  path?: string;
  schema?: object;
  context?: unknown;
  plugins?: unknown[];
  subscriptions?: Subscriptions;
  /** Only of a Mercurius gateway. */
  gateway?: unknown;
}

/** The default path of Nest's own drivers. */
const DEFAULT_PATH = '/graphql';

type Engine = Partial<Graphql> & { context?: unknown };

/**
 * Hooks the GraphQL module of an application if it has one. The classes are taken from the application's modules, so
 * that the right copy is hooked, and nothing is loaded that the application does not use. They are recognised by their
 * methods: a minified bundle has other names.
 *
 * @param modules - Nest's `ModulesContainer`, before any module is initialized
 */
export function hookGraphql(modules: ReadonlyMap<string, unknown>): void {
  for (const module of modules.values() as Iterable<Module>) {
    for (const { metatype } of module.providers.values()) {
      const prototype = (metatype as { prototype?: object } | undefined)?.prototype;
      if (has(prototype, RESOLVERS_EXPLORER)) followResolvers(prototype as ResolversExplorer);
      else if (has(prototype, DRIVER)) patchStart(prototype as Driver, has(prototype, APOLLO_DRIVER));
    }
  }
}

const RESOLVERS_EXPLORER = ['createContextCallback', 'filterResolvers'];
const DRIVER = ['start', 'generateSchema', 'subscriptionWithFilter'];
const APOLLO_DRIVER = ['wrapContextResolver', 'wrapFormatErrorFn'];

function has(prototype: object | undefined, methods: readonly string[]): boolean {
  return isReference(prototype) && methods.every((method) => method in prototype);
}

function patchStart(prototype: Driver, isApollo: boolean): void {
  patchPrototype(
    'graphql',
    prototype,
    'start',
    (start) =>
      function (options) {
        const owner: OwnerOf = () => trackedApplication(this.httpAdapterHost?.httpAdapter);
        guarded('graphql-hooks', () => {
          const known = owner();
          if (known) operationsOf(known).serveAt(options.path ?? DEFAULT_PATH);
        });
        if (!isApollo) return startWatched(this, start, options, owner);
        return start.call(this, guarded('graphql-hooks', () => watched(options, owner)) ?? options);
      },
  );
}

/** A driver other than Apollo's. The results of a gateway contain what its services have judged. */
function startWatched(driver: Driver, start: Driver['start'], options: DriverOptions, owner: OwnerOf): unknown {
  const app = options.gateway === undefined ? driver.httpAdapterHost?.httpAdapter?.getInstance?.() : undefined;
  if (typeof app?.register !== 'function') return start.call(driver, options);
  return watchMercurius(app as Fastify, owner, () => start.call(driver, options));
}

function watched(options: DriverOptions, owner: OwnerOf): DriverOptions {
  const plugins = [...(options.plugins ?? []), apolloPlugin(owner)];
  const subscriptions = options.subscriptions && isolated(options.subscriptions, options, owner);
  return { ...options, plugins, ...(subscriptions && { subscriptions }) };
}

/** Requires the same copy of `graphql` that created the schema: any other copy rejects the schema. */
function isolated(subscriptions: Subscriptions, { schema, context }: DriverOptions, owner: OwnerOf): Subscriptions {
  const graphql = loadOptional<Graphql>('graphql');
  const ws = subscriptions['graphql-ws'];
  if (!ws || !graphql || !(schema instanceof graphql.GraphQLSchema)) return subscriptions;
  const own = (typeof ws === 'object' ? ws : {}) as Engine;
  const outer = subscriptions as Engine;
  const made = own.context ?? outer.context ?? context;
  const execute = isolatedExecute(own.execute ?? outer.execute ?? graphql.execute, owner);
  const subscribe = isolatedSubscribe(graphql, own.subscribe ?? outer.subscribe, owner);
  return { ...subscriptions, 'graphql-ws': { ...own, execute, subscribe, context: watchedContext(made, owner) } };
}
