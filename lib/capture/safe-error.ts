import { isReference } from '../context/chain.js';

const DEEPEST = 10;
const MOST_MEMBERS = 20;

/**
 * An error that the SDK can read without harm. Most errors are that themselves; of one with throwing getters, a cycle
 * of causes or no nature of an error at all, a copy is made of what can be read.
 */
export function safeError(error: unknown): unknown {
  if (typeof error === 'symbol' || typeof error === 'function') return new Error(`Thrown: ${String(error)}`);
  if (!isReference(error)) return error;
  return isReadable(error, new Set()) ? error : copy(error, new Set());
}

function isReadable(error: object, outer: Set<object>): boolean {
  if (outer.has(error) || outer.size > DEEPEST) return false;
  outer.add(error);
  try {
    const { name, message, stack, cause, errors } = error as Record<string, unknown>;
    const isText = (part: unknown) => part === undefined || typeof part === 'string';
    if (error instanceof Error && ![name, message, stack].every(isText)) return false;
    void Object.entries(error); // runs every getter that the SDK could come across
    const members = Array.isArray(errors) ? (errors as unknown[]).slice(0, MOST_MEMBERS) : [];
    return [cause, ...members].every((inner) => !isReference(inner) || isReadable(inner, outer));
  } catch {
    return false; // a getter or a proxy threw: the copy leaves that part out
  } finally {
    outer.delete(error);
  }
}

function copy(error: object, outer: Set<object>): Error {
  outer.add(error);
  const message = read(error, 'message');
  const made = new Error(typeof message === 'string' ? message : `An error that cannot be shown (${kindOf(error)})`);
  made.name = nameOf(error);
  const stack = read(error, 'stack');
  made.stack = typeof stack === 'string' ? stack : `${made.name}: ${made.message}`;
  const inside = (inner: unknown) => isReference(inner) && !outer.has(inner) && outer.size < DEEPEST;
  const cause = read(error, 'cause');
  if (inside(cause)) made.cause = copy(cause as object, outer);
  const errors = read(error, 'errors');
  if (Array.isArray(errors)) {
    const members = (errors as unknown[]).slice(0, MOST_MEMBERS).filter(inside);
    Object.assign(made, { errors: members.map((member) => copy(member as object, outer)) });
  }
  outer.delete(error);
  return made;
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

function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined; // this part cannot be read; the others may
  }
}
