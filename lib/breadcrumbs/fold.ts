import { getIsolationScope, type Breadcrumb } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';

type Scope = ReturnType<typeof getIsolationScope>;

/** The breadcrumb that was last added to a scope, and how often it has come in a row. */
interface Last {
  added: Breadcrumb;
  /** What the scope has made of it; known from the second time on. */
  stored?: Breadcrumb;
  count: number;
}

const lastOf = processWide('last-breadcrumbs', () => new WeakMap<Scope, Last>());

const DEEPEST = 3;
const MOST_ENTRIES = 50;

/**
 * Whether the breadcrumb says what the last one of this execution said: then that one counts it and takes over its
 * time. A scope copies what is added to it, and copies of a scope share its breadcrumbs: one that another scope has
 * brought along is left alone.
 */
export function foldsIntoLast(breadcrumb: Breadcrumb): boolean {
  const scope = getIsolationScope();
  const last = lastOf.get(scope);
  const stored = last && scope.getLastBreadcrumb();
  if (!stored || !isStored(stored, last) || !saysTheSame(last.added, breadcrumb)) {
    lastOf.set(scope, { added: breadcrumb, count: 1 });
    return false;
  }
  last.count++;
  last.stored = stored;
  stored.timestamp = breadcrumb.timestamp;
  stored.data = { ...breadcrumb.data, count: last.count };
  return true;
}

function isStored(breadcrumb: Breadcrumb, { added, stored }: Last): boolean {
  if (stored) return stored === breadcrumb;
  return breadcrumb.timestamp === added.timestamp && breadcrumb.data === added.data;
}

function saysTheSame(one: Breadcrumb, other: Breadcrumb): boolean {
  if (one.message !== other.message || one.category !== other.category) return false;
  if (one.level !== other.level || one.type !== other.type) return false;
  // A `count` of the application's own must not be written over.
  return other.data?.count === undefined && isEqual(one.data, other.data, DEEPEST);
}

function isEqual(one: unknown, other: unknown, depth: number): boolean {
  if (Object.is(one, other)) return true;
  if (depth === 0 || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const keys = Object.keys(one);
  if (keys.length > MOST_ENTRIES || keys.length !== Object.keys(other).length) return false;
  if (!Array.isArray(one) && Object.getPrototypeOf(one) !== Object.prototype) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(other, key) &&
      isEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], depth - 1),
  );
}
