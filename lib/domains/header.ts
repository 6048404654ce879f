import { read, readText } from '../grouping/index.js';

/** A response header; headers may be an object, a `Headers` or axios' own class. */
export function headerOf(response: unknown, name: string): string | undefined {
  const headers = read(response, 'headers');
  const plain = readText(headers, name);
  if (plain !== undefined) return plain;
  const get = read(headers, 'get');
  if (typeof get !== 'function') return undefined;
  try {
    const value: unknown = Reflect.apply(get, headers, [name]);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined; // not a `get` of headers
  }
}
