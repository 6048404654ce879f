import { types } from 'node:util';
import { currentExecution, insideExecution, type Execution } from '../../context/execution.js';
import { patchPrototype } from '../../hooks/patch-method.js';
import { providerInstances } from '../../hooks/provider-instances.js';
import { definedBy, type ModulesContainer } from '../../hooks/provider-prototypes.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';

/** `ClsService` of nestjs-cls. */
interface ClsService {
  get(): unknown;
}
/** Its methods through which every context is entered. */
type Entering = Record<'runWith' | 'enterWith', (store: unknown, ...rest: unknown[]) => unknown>;
/** Returns the values of an execution as tags. */
type ClsTags = (execution: Execution) => Record<string, string>;

/** The store of each execution: errors surface outside of the context that a guard or an interceptor has entered. */
const stores = processWide('cls-stores', () => new WeakMap<Execution, object>());

/**
 * Reads values of nestjs-cls as tags.
 *
 * @param keys - as `cls.get()` takes them: `user.id` is the `id` of `user`
 * @param modules - with all instances created
 * @returns undefined if the application has no `ClsService`
 */
export function hookCls(keys: readonly string[], modules: ModulesContainer): ClsTags | undefined {
  const service = clsServiceIn(modules);
  if (!service) return undefined;
  for (const method of ['runWith', 'enterWith'] as const) {
    patchPrototype(
      'cls',
      definedBy<Entering>(service, method),
      method,
      (enter) =>
        function (store, ...rest) {
          if (isObject(store) && insideExecution()) stores.set(currentExecution(), store);
          return enter.call(this, store, ...rest);
        },
    );
  }
  return (execution) => {
    const active = guarded('context-cls', () => service.get());
    const store = isObject(active) ? active : stores.get(execution);
    const tags: Record<string, string> = {};
    for (const key of store ? keys : []) {
      const value = valueAt(store, key);
      if (value !== undefined) tags[key] = value;
    }
    return tags;
  };
}

function clsServiceIn(modules: ModulesContainer): ClsService | undefined {
  return providerInstances(modules)
    .map(({ instance }) => instance)
    .find(isClsService);
}

function isClsService(instance: object): instance is ClsService {
  return ['runWith', 'enterWith', 'isActive', 'getId'].every((name) => name in instance);
}

function valueAt(store: unknown, key: string): string | undefined {
  const value = key.split('.').reduce<unknown>((at, part) => (isObject(at) ? read(at, part) : undefined), store);
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : undefined;
}

function read(object: object, key: string): unknown {
  return guarded('context-cls', () => (object as Record<string, unknown>)[key]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value);
}
