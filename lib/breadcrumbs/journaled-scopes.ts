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
  // None has more arguments. The SDK clones a scope for every span: a list of them would cost more than the rest.
  prototype[name] = function journaled(first, second) {
    if (hasNoted(this)) before(this);
    return original.call(this, first, second);
  };
}

/** The SDK gets the data of a scope at every span and at the end of every request, but seldom reads the breadcrumbs. */
function addOnRead(data: ScopeData, scope: Scope, getScopeData: (this: Scope) => ScopeData): ScopeData {
  let { breadcrumbs } = data;
  let isRead = false;
  // An accessor of a literal: defining one on an object that exists costs many times as much.
  return {
    ...data,
    get breadcrumbs() {
      if (isRead) return breadcrumbs;
      isRead = true;
      addNoted(scope);
      return (breadcrumbs = getScopeData.call(scope).breadcrumbs);
    },
    set breadcrumbs(value) {
      isRead = true;
      breadcrumbs = value;
    },
  };
}
