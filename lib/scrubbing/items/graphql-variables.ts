import { toJson } from '../texts/encodings/to-json.js';
import { parseDocument } from '../texts/encodings/json-document.js';

/**
 * The names of the variables of a GraphQL request, or `'all'` if it has none; undefined if the event does not belong to
 * a GraphQL request. As in Relay, `request.api_target` decides, in any letter case.
 */
export function graphqlVariables(event: unknown): ReadonlySet<string> | 'all' | undefined {
  const request = property(event, 'request');
  const target = property(request, 'api_target');
  if (typeof target !== 'string' || target.toLowerCase() !== 'graphql') return undefined;
  const data = property(request, 'data');
  const variables = property(typeof data === 'string' ? parseDocument(data) : data, 'variables');
  if (typeof variables !== 'object' || variables === null) return 'all';
  const names = new Set<string>();
  return collect(variables, names, 0) ? names : 'all';
}

const MAX_VARIABLES = 2000;

/** The event with its JSON body parsed; the event itself if its body is not a JSON string. */
export function withParsedBody(event: unknown): unknown {
  const request = property(event, 'request');
  const data = property(request, 'data');
  const parsed = typeof data === 'string' ? parseDocument(data) : undefined;
  return typeof parsed === 'object'
    ? { ...(event as object), request: { ...(request as object), data: parsed } }
    : event;
}

/** The event with its body as a string again. */
export function withTextBody(event: unknown): unknown {
  const request = property(event, 'request');
  return { ...(event as object), request: { ...(request as object), data: toJson(property(request, 'data')) } };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** False if there are too many variables, or if they are nested too deep: all response data is removed. */
function collect(value: object, names: Set<string>, depth: number, seen = { count: 0 }): boolean {
  for (const key in value) {
    if (++seen.count > MAX_VARIABLES) return false;
    names.add(key);
    const entry = property(value, key);
    if (typeof entry === 'object' && entry !== null && depth < 16 && !collect(entry, names, depth + 1, seen))
      return false;
  }
  return true;
}
