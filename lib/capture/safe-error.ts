import { types } from 'node:util';
import { BoundedCopy, firstKeys } from '../bounds/index.js';
import { isReference } from '../context/operation-chain.js';
import { read } from '../grouping/index.js';

const DEEPEST = 10;
const MOST_MEMBERS = 20;
/** An error with more members is copied and its members are cut, because the SDK would report all of them. */
const MOST_LISTED = 100;
/** Limit of errors inside one error, at any depth: each of them may contain others. */
const MOST_ERRORS = 100;
const MOST_ENTRIES = 1_000;
/** Characters of a stack; the SDK splits it into lines. Longer ones have a long message before the frames. */
const LONGEST_STACK = 50_000;
/** Characters of a thrown function or symbol. */
const LONGEST_NAME = 1_000;
/** What the SDK writes as JSON several times, if it is not an error. */
const THROWN_VALUE = { depth: 8, breadth: MOST_ENTRIES, values: 1_000, characters: 40_000 };

const HEADER = { depth: 4, breadth: 100, values: 100 };

/** The thrown objects of which copies were captured. */
const originals = new WeakMap<object, object>();

/** Number of errors inside one error that have been read. */
interface Count {
  errors: number;
}

/**
 * Returns an error that the SDK can read safely: usually the error itself. If it has getters that throw, a cycle of
 * causes, properties that are not valid for an error or too much data, returns a copy of the readable parts.
 */
export function safeError(error: unknown): unknown {
  if (typeof error === 'symbol' || typeof error === 'function')
    return new Error(`Thrown: ${String(error).slice(0, LONGEST_NAME)}`);
  if (typeof error === 'bigint') return new BoundedCopy(THROWN_VALUE).of(error);
  if (!isReference(error)) return error;
  const shown = shownFor(error);
  if (shown !== error && isReference(shown)) originals.set(shown, error);
  return shown;
}

/** The thrown object of which this is a copy, or the object itself. */
export function originalOf(error: unknown): unknown {
  return isReference(error) ? (originals.get(error) ?? error) : error;
}

function shownFor(error: object): unknown {
  if (!isReadable(error, new Set(), { errors: 0 })) return copy(error, new Set(), { errors: 0 });
  if (error instanceof Error) return error;
  const bounded = new BoundedCopy(THROWN_VALUE);
  const shown = bounded.of(error);
  return bounded.isCut ? shown : error;
}

function isReadable(error: object, outer: Set<object>, count: Count): boolean {
  if (outer.has(error) || outer.size > DEEPEST || ++count.errors > MOST_ERRORS) return false;
  outer.add(error);
  try {
    const { name, message, cause, errors, constructor } = error as Record<string, unknown>;
    // the SDK takes the name of the class instead
    if (types.isNativeError(error) && !name && !isReference(constructor)) return false;
    const isText = (part: unknown) => part === undefined || typeof part === 'string';
    if (error instanceof Error && !(isText(name) && isText(message))) return false;
    const { stack } = error as { stack?: unknown };
    if (error instanceof Error && !isText(stack)) return false;
    if (typeof stack === 'string' && stack.length > LONGEST_STACK) return false;
    if (!hasReadableEntries(error)) return false;
    const members = Array.isArray(errors) ? (errors as unknown[]) : [];
    if (members.length > MOST_LISTED) return false;
    return [cause, ...members].every((inner) => !isReference(inner) || isReadable(inner, outer, count));
  } catch {
    return false; // a getter or a proxy threw: the copy omits that part
  } finally {
    outer.delete(error);
  }
}

/** Runs every getter that the SDK may read; false if there are too many entries. */
function hasReadableEntries(error: object): boolean {
  const { keys, more } = firstKeys(error, MOST_ENTRIES);
  for (const key of keys) Reflect.get(error, key);
  return more === 0;
}

function copy(error: object, outer: Set<object>, count: Count): Error {
  outer.add(error);
  count.errors++;
  const message = read(error, 'message');
  const made = new Error(
    typeof message === 'string' ? message : `An error without a readable message (${kindOf(error)})`,
  );
  made.name = nameOf(error);
  const stack = stackOf(error);
  made.stack = typeof stack === 'string' ? shortStack(stack, made) : `${made.name}: ${made.message}`;
  const inside = (inner: unknown) =>
    isReference(inner) && !outer.has(inner) && outer.size < DEEPEST && count.errors < MOST_ERRORS;
  const cause = read(error, 'cause');
  if (inside(cause)) made.cause = copy(cause as object, outer, count);
  const errors = read(error, 'errors');
  if (Array.isArray(errors)) {
    const members: unknown[] = [];
    for (const member of (errors as unknown[]).slice(0, MOST_MEMBERS)) {
      if (inside(member)) members.push(copy(member as object, outer, count));
    }
    if (errors.length > MOST_MEMBERS) members.push(cutMembers(errors.length - MOST_MEMBERS));
    Object.assign(made, { errors: members });
  }
  outer.delete(error);
  return made;
}

/** Reading a stack for the first time converts name and message to strings, whatever they are. */
function stackOf(error: object): unknown {
  const parts = new BoundedCopy(HEADER);
  parts.of([read(error, 'name'), read(error, 'message')]);
  return parts.isCut ? undefined : read(error, 'stack');
}

/** The stack without most of a long message. */
function shortStack(stack: string, { name, message }: Error): string {
  if (stack.length <= LONGEST_STACK) return stack;
  const frames = stack.indexOf('\n    at ', Math.min(message.length, stack.length));
  const shown = `${name}: ${message.slice(0, MOST_ENTRIES)}`;
  return frames === -1 ? shown : shown + stack.slice(frames, frames + LONGEST_STACK);
}

/** Represents the members that were omitted. */
function cutMembers(count: number): Error {
  const cut = new Error(`[cut:${count} more]`);
  cut.stack = `Error: ${cut.message}`;
  return cut;
}

function nameOf(error: object): string {
  const name = read(error, 'name');
  return typeof name === 'string' && name !== '' ? name : 'Error';
}

function kindOf(error: object): string {
  const constructor = read(error, 'constructor');
  const name = isReference(constructor) ? read(constructor, 'name') : undefined;
  return typeof name === 'string' && name ? name : typeof error;
}
