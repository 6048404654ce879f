import { trackedApplication, type TrackedApplication } from '../../capture/application-registry.js';
import { isActive } from '../../client/state.js';
import { currentExecution, type Handler } from '../../context/execution.js';
import { handlerOf } from '../../context/handler.js';
import { withHandlerContext } from '../../context/handler-context.js';
import { executionContextHost } from '../../hooks/execution-context-host.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { guarded } from '../../stats/stats.js';
import { decideByOperation } from './decide-trace.js';
import { FieldContext } from './field-context.js';
import { judgeField } from './judge-field.js';
import { isResolveInfo, type ResolveInfo } from './operation.js';
import { noteRootHandler } from './root-handlers.js';

type Resolver = (...args: unknown[]) => unknown;
type Callback = (...args: unknown[]) => unknown;

/** Nest's service that creates a resolver for each decorated method, with or without filters. */
export interface ResolversExplorer {
  modulesContainer?: object;
  createContextCallback(
    instance: object,
    prototype: Record<string, unknown>,
    wrapper: unknown,
    module: unknown,
    resolver: { methodName: string; name?: unknown; type?: unknown },
    ...rest: unknown[]
  ): unknown;
}

/**
 * Hooks the creation of resolvers. Field resolvers only run through Nest's exceptions handler if
 * `fieldResolverEnhancers` contains `filters`; without parameters, they bypass Nest entirely.
 */
export function followResolvers(prototype: ResolversExplorer): void {
  patchPrototype(
    'graphql',
    prototype,
    'createContextCallback',
    (createContextCallback) =>
      function (instance, methods, wrapper, module, resolver, ...rest) {
        const made = createContextCallback.call(this, instance, methods, wrapper, module, resolver, ...rest);
        if (typeof made !== 'function') return made;
        const type = instance.constructor;
        const callback = methods[resolver.methodName] as object | undefined;
        const handler = handlerOf(type, resolver.methodName, callback);
        guarded('graphql-hooks', () => {
          const owner = trackedApplication(this.modulesContainer);
          if (owner) noteRootHandler(handler, resolver, owner);
        });
        return followed(made as Resolver, handler, this.modulesContainer);
      },
  );
}

function followed(resolve: Resolver, handler: Handler, modules: object | undefined): Callback {
  return (...args) => {
    const owner = trackedApplication(modules);
    const info = owner && isActive() ? args.findLast(isResolveInfo) : undefined;
    if (!owner || !info) return resolve(...args);
    const place = new FieldContext(handler, info, info === args[3] ? args[1] : undefined);
    guarded('graphql-hooks', () => {
      enter(place, info, info === args[3] ? args[2] : undefined, owner);
    });
    const leave = (error: unknown) => {
      judgeField({ error, owner, host: guarded('graphql-hooks', () => executionContextHost(args, 'graphql')) }, place);
    };
    // GraphQL throws an error that a resolver returns.
    const check = (value: unknown) => {
      if (value instanceof Error) leave(value);
    };
    try {
      const result = withHandlerContext(place, () => resolve(...args));
      // Other thenables may be lazy: `then` would run them a second time.
      if (result instanceof Promise) result.then(check, leave);
      else check(result);
      return result;
    } catch (error) {
      leave(error);
      throw error;
    }
  };
}

/** The first root field names the request, and makes the sampling decision if no server has made it. */
function enter(place: FieldContext, info: ResolveInfo, context: unknown, owner: TrackedApplication): void {
  if (info.path.prev) return;
  const execution = currentExecution();
  if (execution.kind === 'process') return;
  execution.name ??= place.name;
  execution.application ??= owner.context;
  execution.handler ??= place.handler;
  const { req } = (context ?? {}) as { req?: unknown };
  if (typeof req === 'object' && req !== null) execution.request = req;
  decideByOperation(info.operation, info.fragments, owner, false);
}
