import { Scope } from '@sentry/nestjs';
import { firstEntries, MAX_ENTRIES } from '../bounds/index.js';
import { processWide } from '../process-state/process-wide.js';
import { cutMarker } from '../scrubbing/index.js';

/** Methods that take an object whose entries the SDK copies several times for each event, with the object's position. */
const SETTERS = { setUser: 0, setTags: 0, setExtras: 0, setContext: 1, setAttributes: 0 } as const;
const patched = processWide('bounded-scopes', () => new WeakSet<object>());

/** A longer message of a breadcrumb is left out: V8 puts it together, however few characters the SDK keeps. */
const MAX_MESSAGE = 1_000_000;

type Method = (this: Scope, ...args: unknown[]) => unknown;

/** Limits the entries of each object that is set on any scope, and of the data of breadcrumbs. */
export function boundScopes(): void {
  const prototype = Scope.prototype as unknown as Record<string, Method | undefined>;
  if (patched.has(prototype)) return;
  patched.add(prototype);
  for (const [name, position] of Object.entries(SETTERS)) wrap(prototype, name, position, bounded);
  wrap(prototype, 'addBreadcrumb', 0, boundedBreadcrumb);
  wrap(prototype, 'update', 0, boundedParts);
}

function wrap(
  prototype: Record<string, Method | undefined>,
  name: string,
  position: number,
  bound: (value: unknown) => unknown,
): void {
  const original = prototype[name];
  if (!original) return; // added in a later version of the SDK
  prototype[name] = function boundedSetter(...args) {
    if (args.length > position) args[position] = bound(args[position]);
    return original.apply(this, args);
  };
}

function bounded(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_ENTRIES); // the SDK spreads it into characters
  try {
    return typeof value === 'object' && value !== null ? firstEntries(value) : value;
  } catch {
    return {}; // a proxy that throws
  }
}

function boundedBreadcrumb(breadcrumb: unknown): unknown {
  const { data, message } = breadcrumb as { data?: unknown; message?: unknown };
  const first = bounded(data);
  const short = typeof message === 'string' && message.length > MAX_MESSAGE ? cutMarker('message') : message;
  return first === data && short === message ? breadcrumb : { ...(breadcrumb as object), data: first, message: short };
}

const PARTS = ['user', 'tags', 'extra', 'contexts', 'attributes'];

/** The context of a capture. */
function boundedParts(context: unknown): unknown {
  if (typeof context !== 'object' || context === null || context instanceof Scope) return context;
  let copy: Record<string, unknown> | undefined;
  for (const part of PARTS) {
    const value = (context as Record<string, unknown>)[part];
    const first = bounded(value);
    if (first !== value) (copy ??= { ...context })[part] = first;
  }
  return copy ?? context;
}
