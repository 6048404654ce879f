/**
 * Reads a property of any value. A getter or proxy that throws reads as undefined.
 */
export function read(target: unknown, key: string): unknown {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return undefined;
  try {
    return (target as Record<string, unknown>)[key];
  } catch {
    return undefined; // unreadable properties do not distinguish errors
  }
}

/** The property if it is a non-empty string. */
export function readText(target: unknown, key: string): string | undefined {
  const value = read(target, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The property if it is a finite number. */
export function readNumber(target: unknown, key: string): number | undefined {
  const value = read(target, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The property as a string, if it is a non-empty string or a number. */
export function readCode(target: unknown, key = 'code'): string | undefined {
  const value = read(target, key);
  return typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined;
}

export function nameOf(error: unknown): string | undefined {
  return readText(error, 'name');
}

export function messageOf(error: unknown): string {
  return typeof error === 'string' ? error : (readText(error, 'message') ?? '');
}

const MAX_PROTOTYPES = 20;

/** The error's own name, then those of its class and base classes: libraries rarely set `name` on every subclass. */
export function typeNames(error: unknown): string[] {
  const names: string[] = [];
  const own = nameOf(error);
  if (own !== undefined) names.push(own);
  if (typeof error !== 'object' || error === null) return names;
  try {
    let prototype: unknown = Object.getPrototypeOf(error);
    for (let depth = 0; depth < MAX_PROTOTYPES && prototype && prototype !== Object.prototype; depth++) {
      const name = readText(read(prototype, 'constructor'), 'name');
      if (name !== undefined) names.push(name);
      prototype = Object.getPrototypeOf(prototype);
    }
  } catch {
    return names; // a proxy that throws: its own name must suffice
  }
  return names;
}

/**
 * The status of an error that is meant as a response: Nest's HttpException (of any copy of Nest) and http-errors.
 * Undefined for errors that report the status of another server's response.
 */
export function httpExceptionStatus(error: unknown): number | undefined {
  const status = call(error, 'getStatus');
  if (typeof status === 'number') return status;
  if (typeof read(error, 'expose') !== 'boolean') return undefined;
  return readNumber(error, 'status') ?? readNumber(error, 'statusCode');
}

/** The result of a method without parameters, or undefined if it does not exist or throws. */
export function call(target: unknown, method: string): unknown {
  const callable = read(target, method);
  if (typeof callable !== 'function') return undefined;
  try {
    return Reflect.apply(callable, target, []);
  } catch {
    return undefined; // as in `read`
  }
}
