import { getIsolationScope, type Breadcrumb } from '@sentry/nestjs';
import { copyFirstEntries, firstKeys } from '../bounds/index.js';
import { processWide } from '../process-state/process-wide.js';

type Scope = ReturnType<typeof getIsolationScope>;

/** The breadcrumb that was last added to a scope, and how often in a row. */
interface LastBreadcrumb {
  added: Breadcrumb;
  /** The scope's copy of it; known from the second time on. */
  stored?: Breadcrumb;
  count: number;
}

const lastBreadcrumbs = processWide('last-breadcrumbs', () => new WeakMap<Scope, LastBreadcrumb>());

const MAX_DEPTH = 3;
const MAX_KEYS = 50;
/** Values and characters that are compared; what has more is taken to differ. V8 puts a text together first. */
const MAX_VALUES = 500;
const MAX_CHARACTERS = 10_000;

/**
 * Folds a breadcrumb that equals the last one of this execution: the last one counts it and takes its timestamp. A
 * scope copies what is added to it, and forked scopes share breadcrumbs: those of another scope stay unchanged.
 *
 * @returns whether it was folded
 */
export function foldsIntoLast(breadcrumb: Breadcrumb): boolean {
  const scope = getIsolationScope();
  const stored = scope.getLastBreadcrumb(); // first: it adds what was noted, which becomes the last one
  const last = lastBreadcrumbs.get(scope);
  if (!stored || !last || !isStored(stored, last) || !isSameBreadcrumb(last.added, breadcrumb)) {
    lastBreadcrumbs.set(scope, { added: breadcrumb, count: 1 });
    return false;
  }
  last.count++;
  last.stored = stored;
  stored.timestamp = breadcrumb.timestamp;
  stored.data = { ...(breadcrumb.data && copyFirstEntries(breadcrumb.data)), count: last.count };
  return true;
}

function isStored(breadcrumb: Breadcrumb, { added, stored }: LastBreadcrumb): boolean {
  if (stored) return stored === breadcrumb;
  return breadcrumb.timestamp === added.timestamp && breadcrumb.data === added.data;
}

/** Makes the next breadcrumb of a scope the first one that others can be folded into. */
export function forgetLast(scope: Scope): void {
  lastBreadcrumbs.delete(scope);
}

/** Whether the second of two breadcrumbs is folded into the first, if nothing comes between them. */
export function isSameBreadcrumb(one: Breadcrumb, other: Breadcrumb): boolean {
  const left = { values: MAX_VALUES, characters: MAX_CHARACTERS };
  if (one.category !== other.category || one.level !== other.level || one.type !== other.type) return false;
  // A `count` set by the application must not be overwritten.
  if (other.data?.count !== undefined || !isEqual(one.message, other.message, 0, left)) return false;
  return isEqual(one.data, other.data, MAX_DEPTH, left);
}

function isEqual(one: unknown, other: unknown, depth: number, left: { values: number; characters: number }): boolean {
  if (--left.values < 0) return false;
  if (typeof one === 'string' && (left.characters -= one.length) < 0) return false;
  if (Object.is(one, other)) return true;
  if (depth === 0 || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const { keys, more } = firstKeys(one, MAX_KEYS);
  if (more > 0 || keys.length !== firstKeys(other, MAX_KEYS + 1).keys.length) return false;
  if (!Array.isArray(one) && Object.getPrototypeOf(one) !== Object.prototype) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(other, key) &&
      isEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], depth - 1, left),
  );
}
