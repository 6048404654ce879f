import { types } from 'node:util';
import { errorText, Snapshot, type CopyLimits } from '../../bounds/index.js';
import type { LogMethod } from '../../options/logger-options.js';

/** One call of a logger. */
export interface LogRecord {
  readonly method: LogMethod;
  /** The context of the logger. */
  readonly context: string;
  readonly message?: string;
  readonly data?: Record<string, unknown>;
  /** The error that was logged. */
  readonly error?: Error;
  /** The stack of an error that was logged as text. */
  readonly stack?: string;
}

const LIMITS: CopyLimits = { depth: 4, breadth: 50, values: 200, characters: 8_000 };
/** As Nest recognises a stack. */
const STACK = /^(?:.)+\n\s+at .+:\d+:\d+/;
const WITHOUT_CONTEXT = 'log';

/**
 * Reads the arguments of a logger as Nest's `ConsoleLogger` does: texts, then a stack, then the context. Objects are
 * copied as they are now, without running code of theirs.
 *
 * @param context - of the logger itself
 * @param isOwn - whether it has precedence over a context among the arguments
 */
export function logRecord(method: LogMethod, args: readonly unknown[], context: unknown, isOwn: boolean): LogRecord {
  const own = typeof context === 'string' && context !== '' ? context : undefined;
  let { length } = args;
  let named = own;
  if (length > 1 && !(isOwn && own !== undefined)) {
    const last = args[length - 1];
    if (typeof last === 'string' && !isStack(last)) {
      named = last || own;
      length--;
    }
  }
  const name = named ?? WITHOUT_CONTEXT;
  const [first] = args;
  if (length === 1 && typeof first === 'string') return { method, context: name, message: first };
  return { method, context: name, ...partsOf(args, length) };
}

function isStack(text: string): boolean {
  return text.includes('\n') && STACK.test(text);
}

/** The parts of a line: all texts are its message, the entries of objects its data. */
function partsOf(args: readonly unknown[], length: number): Omit<LogRecord, 'method' | 'context'> {
  const snapshot = new Snapshot(LIMITS);
  const texts: string[] = [];
  const others: unknown[] = [];
  let data: Record<string, unknown> | undefined;
  let error: Error | undefined;
  let stack: string | undefined;
  for (let at = 0; at < length; at++) {
    const value = args[at];
    if (value === undefined) continue;
    if (typeof value === 'string' && at > 0 && isStack(value)) {
      stack = value;
    } else if (isError(value)) {
      if (!error && texts.length === 0) texts.push(errorText(value));
      else others.push(snapshot.of(value));
      error ??= value;
    } else if (isEntries(value)) {
      error ??= errorIn(value);
      data = { ...snapshot.entries(value), ...data };
    } else if (typeof value === 'object' && value !== null) {
      others.push(snapshot.of(value));
    } else {
      texts.push(String(snapshot.of(value)));
    }
  }
  if (others.length > 0) data = { ...data, arguments: others };
  const message = texts.length > 0 ? texts.join(' ') : messageOf(data);
  return { message, data, error, stack };
}

function isEntries(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isError(value: unknown): value is Error {
  return types.isNativeError(value) || (typeof value === 'object' && !types.isProxy(value) && value instanceof Error);
}

/** Where structured loggers have the error and the text of a line. */
const ERRORS = ['err', 'error'];
const MESSAGES = ['message', 'msg'];

function errorIn(object: object): Error | undefined {
  for (const key of ERRORS) {
    const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
    if (isError(value)) return value;
  }
  return undefined;
}

function messageOf(data: Record<string, unknown> | undefined): string | undefined {
  return MESSAGES.map((key) => data?.[key]).find((text): text is string => typeof text === 'string');
}
