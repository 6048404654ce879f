import { isReference } from '../../context/operation-chain.js';
import { guarded } from '../../stats/stats.js';
import { judgeField, type OwnerOf } from './judge-field.js';
import { MercuriusResults, type Formatter, type MercuriusContext } from './mercurius-results.js';
import type { ExecutionArguments, ExecutionResult } from './operation.js';

/** The options of Mercurius that are used here. */
interface Options {
  context?: unknown;
  errorFormatter?: unknown;
  subscription?: unknown;
}

/** The members of a Fastify instance that are used here. */
export interface Fastify {
  register(plugin: unknown, options?: object, ...rest: unknown[]): unknown;
  /** Added by Mercurius. */
  graphql?: Partial<Hooks>;
}

type Document = ExecutionArguments['document'];

interface Hooks {
  addHook(
    name: 'preExecution',
    hook: (schema: object, document: Document, context: MercuriusContext, variables: unknown) => void,
  ): void;
  addHook(
    name: 'preSubscriptionExecution',
    hook: (schema: object, document: Document, context: MercuriusContext) => void,
  ): void;
  addHook(name: 'onSubscriptionResolution', hook: (result: ExecutionResult, context: MercuriusContext) => void): void;
}

/**
 * Runs a driver's `start`, and judges failures outside of resolvers if it registers Mercurius with Fastify. Mercurius
 * exposes its default formatter of errors as a member of its plugin only.
 */
export async function watchMercurius<T>(fastify: Fastify, ownerOf: OwnerOf, start: () => T): Promise<Awaited<T>> {
  const results = new MercuriusResults(ownerOf);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the `this` of each call
  const { register } = fastify;
  let isStarting = true;
  let isRegistered = false;
  const watching: Fastify['register'] = function (this: Fastify, plugin, options, ...rest) {
    const watched = isStarting
      ? guarded('graphql-hooks', () => watchedOptions(plugin, options, results, ownerOf))
      : undefined;
    isRegistered ||= watched !== undefined;
    return register.call(this, plugin, watched ?? options, ...rest);
  };
  fastify.register = watching;
  try {
    return await start();
  } finally {
    isStarting = false;
    if (fastify.register === watching) fastify.register = register;
    guarded('graphql-hooks', () => {
      if (isRegistered) addHooks(fastify, results);
    });
  }
}

/** @returns undefined if this plugin is not Mercurius */
function watchedOptions(
  plugin: unknown,
  options: Options = {},
  results: MercuriusResults,
  ownerOf: OwnerOf,
): Options | undefined {
  const { defaultErrorFormatter } = plugin as { defaultErrorFormatter?: unknown };
  if (typeof defaultErrorFormatter !== 'function') return undefined;
  const { context, errorFormatter, subscription } = options;
  const format = (typeof errorFormatter === 'function' ? errorFormatter : defaultErrorFormatter) as Formatter;
  const sockets = (subscription ?? {}) as { context?: unknown };
  return {
    ...options,
    errorFormatter: results.watchFormatter(format),
    ...(isContextFunction(context) && { context: watchedRequestContext(context, ownerOf) }),
    ...(isContextFunction(sockets.context) && {
      subscription: { ...sockets, context: watchedRequestContext(sockets.context, ownerOf) },
    }),
  };
}

function addHooks({ graphql }: Fastify, results: MercuriusResults): void {
  graphql?.addHook?.('preExecution', (_schema, document, context, variables) => {
    results.noteExecution(context, { document, variables });
  });
  graphql?.addHook?.('preSubscriptionExecution', (_schema, document, context) => {
    results.noteExecution(context, { document });
  });
  graphql?.addHook?.('onSubscriptionResolution', ({ errors }, context) => {
    results.judge(errors, context);
  });
}

type ContextFunction = (request: unknown, ...args: unknown[]) => unknown;

function isContextFunction(value: unknown): value is ContextFunction {
  return typeof value === 'function';
}

/** Reports failures of a function that creates a context. Mercurius calls it again to format the first failure. */
function watchedRequestContext(create: ContextFunction, ownerOf: OwnerOf): ContextFunction {
  const failed = new WeakSet<object>();
  return async function (this: unknown, request, ...args) {
    try {
      return await create.call(this, request, ...args);
    } catch (error) {
      const owner = ownerOf();
      if (owner && isReference(request) && !failed.has(request)) {
        failed.add(request);
        judgeField({ error, owner }, { tags: { kind: 'graphql' } });
      }
      throw error;
    }
  };
}
