import { getIsolationScope } from '@sentry/nestjs';
import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { rounded } from '../../capture/report-slow.js';
import { methodOf } from '../../hooks/provider-instances.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded, stats } from '../../stats/stats.js';
import { codeOf } from './disturbance.js';
import { textOfKey } from './key-text.js';
import { redis } from './redis-partner.js';

type Method = (...args: unknown[]) => unknown;
/** Facts of one operation for its breadcrumb. */
interface Facts {
  hit?: boolean;
  hits?: number;
  keys?: number;
}
interface Operation {
  /** The first key, and how many there are if there may be several. */
  keyOf(argument: unknown): { key?: unknown; keys?: number };
  /** What the result says; `hit` of an operation that finds out itself is in `facts` by then. */
  read?(result: unknown, facts: Facts): void;
}

const one: Operation['keyOf'] = (key) => ({ key });
const many: Operation['keyOf'] = (keys) => (Array.isArray(keys) ? { key: keys[0] as unknown, keys: keys.length } : {});
const isFound = (value: unknown) => value !== undefined && value !== null;

const OPERATIONS: Record<string, Operation> = {
  get: { keyOf: one, read: (value, facts) => (facts.hit = isFound(value)) },
  mget: {
    keyOf: many,
    read: (values, facts) => {
      if (!Array.isArray(values)) return;
      facts.hits = values.filter(isFound).length;
      facts.hit = facts.hits === values.length;
    },
  },
  set: { keyOf: one },
  mset: {
    keyOf: (list) => {
      const { key, keys } = many(list);
      return { key: (key as { key?: unknown } | undefined)?.key, keys };
    },
  },
  del: { keyOf: one },
  mdel: { keyOf: many },
  clear: { keyOf: () => ({}) },
  wrap: { keyOf: one },
};

const caches = processWide('tracked-caches', () => new WeakSet<object>());

/**
 * Follows the operations of a cache of `cache-manager`: they are functions of the object itself, so they are replaced
 * there.
 *
 * @param modules - Nest's `ModulesContainer` of the application that has it among its providers
 */
export function trackCache(cache: object, modules: object): void {
  if (caches.has(cache) || !methodOf(cache, 'get') || !methodOf(cache, 'set')) return;
  caches.add(cache);
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const original = methodOf(cache, name) as Method | undefined;
    if (original) replace(cache, name, original, watched(name, operation, original, modules));
  }
  stats.hooks.cache = true;
}

function watched(name: string, operation: Operation, original: Method, modules: object): Method {
  return function (this: unknown, ...args) {
    const call = guarded('cache', () => begin(name, operation, args, modules));
    if (!call) return Reflect.apply(original, this, args);
    const result: unknown = Reflect.apply(original, this, call.args);
    if (!(result instanceof Promise)) return result;
    return result.then(
      (value: unknown) => {
        guarded('cache', () => {
          call.end(value);
        });
        return value;
      },
      (error: unknown) => {
        guarded('cache', () => {
          call.end(undefined, error);
        });
        throw error;
      },
    );
  };
}

interface Call {
  args: unknown[];
  end(value: unknown, error?: unknown): void;
}

function begin(name: string, operation: Operation, args: unknown[], modules: object): Call | undefined {
  const settings = redis.trackingIn(modules)?.settings;
  if (!settings) return undefined;
  const { key, keys } = operation.keyOf(args[0]);
  const text = textOfKey(key);
  const message = text === undefined ? name : `${name} ${settings.patternOf(text)}`;
  const facts: Facts = {};
  if (keys !== undefined && keys !== 1) facts.keys = keys;
  const isolation = getIsolationScope();
  const startedAt = performance.now();
  return {
    args: name === 'wrap' ? noticingMiss(args, facts) : args,
    end: (value, error) => {
      if (error === undefined) operation.read?.(value, facts);
      const data = { ...facts, duration: rounded(performance.now() - startedAt) };
      const level = error === undefined ? 'info' : 'error';
      const failure = error === undefined ? {} : { error: codeOf(error) };
      noteBreadcrumb({ category: 'cache', message, level, data: { ...data, ...failure } }, isolation);
    },
  };
}

/** `wrap` waits for the function that it is given if the cache has no value, and not if the value is only to be renewed. */
function noticingMiss([key, load, ...rest]: unknown[], facts: Facts): unknown[] {
  facts.hit = true;
  if (typeof load !== 'function') return [key, load, ...rest];
  const noticed: Method = function (this: unknown, ...args) {
    const loaded: unknown = Reflect.apply(load as Method, this, args);
    const missed = () => {
      facts.hit = false;
    };
    if (loaded instanceof Promise) loaded.then(missed, missed);
    else missed();
    return loaded;
  };
  return [key, noticed, ...rest];
}

function replace(cache: object, key: string, { name, length }: Method, value: Method): void {
  Object.defineProperties(value, { name: { value: name }, length: { value: length } });
  const enumerable = Object.getOwnPropertyDescriptor(cache, key)?.enumerable ?? false;
  Object.defineProperty(cache, key, { value, configurable: true, writable: true, enumerable });
}
