import { Scope } from '@sentry/nestjs';
import { addNoted, forgetNoted, hasNoted, JOURNALED } from './journal.js';

/** Methods that read or add breadcrumbs, or remove all of them; Sentry 11 has no `clear`. */
const METHODS = ['addBreadcrumb', 'getLastBreadcrumb', 'clone', 'clearBreadcrumbs', 'clear', 'getScopeData'] as const;
const ADDED_FIRST = ['addBreadcrumb', 'getLastBreadcrumb', 'clone'] as const;
const FORGOTTEN = ['clearBreadcrumbs', 'clear'] as const;

type ScopeData = ReturnType<Scope['getScopeData']>;
type Method = (this: Scope, ...args: unknown[]) => unknown;
type Methods = Record<(typeof METHODS)[number], Method | undefined>;

/**
 * Lets every scope add the breadcrumbs that were noted for it before they are read, so that they have their place in
 * time. If a method does not exist, breadcrumbs are added immediately.
 */
export function journalScopes(): void {
  const prototype = Scope.prototype as unknown as Methods & { [JOURNALED]?: true };
  const isComplete = METHODS.every((name) => name === 'clear' || typeof prototype[name] === 'function');
  if (prototype[JOURNALED] || !isComplete) return;
  for (const name of ADDED_FIRST) wrap(prototype, name, addNoted);
  for (const name of FORGOTTEN) wrap(prototype, name, forgetNoted);
  const getScopeData = prototype.getScopeData as (this: Scope) => ScopeData;
  prototype.getScopeData = function journaledData() {
    const data = getScopeData.call(this);
    return hasNoted(this) ? addOnRead(data, this, getScopeData) : data;
  };
  prototype[JOURNALED] = true;
}

function wrap(prototype: Methods, name: keyof Methods, before: (scope: Scope) => void): void {
  const original = prototype[name];
  if (!original) return;
  prototype[name] = function journaled(...args) {
    before(this);
    return original.apply(this, args);
  };
}

/** The scope of data whose breadcrumbs are still to be read, and how its data is got. */
const SOURCE = Symbol('source');
type UnreadData = ScopeData & { [SOURCE]?: { scope: Scope; getScopeData: (this: Scope) => ScopeData } };

/** One descriptor for all: the SDK gets the data of a scope several times for every span. */
const READ_LATER: PropertyDescriptor & ThisType<UnreadData> = {
  get() {
    const { scope, getScopeData } = this[SOURCE] as NonNullable<UnreadData[typeof SOURCE]>;
    addNoted(scope);
    return settle(this, getScopeData.call(scope).breadcrumbs);
  },
  set(value: ScopeData['breadcrumbs']) {
    settle(this, value);
  },
  enumerable: true,
  configurable: true,
};

/** The SDK gets the data of a scope at every span and at the end of every request, but seldom reads the breadcrumbs. */
function addOnRead(data: UnreadData, scope: Scope, getScopeData: (this: Scope) => ScopeData): ScopeData {
  data[SOURCE] = { scope, getScopeData };
  return Object.defineProperty(data, 'breadcrumbs', READ_LATER);
}

function settle(data: ScopeData, value: ScopeData['breadcrumbs']): ScopeData['breadcrumbs'] {
  Object.defineProperty(data, 'breadcrumbs', { value, enumerable: true, configurable: true, writable: true });
  return value;
}
