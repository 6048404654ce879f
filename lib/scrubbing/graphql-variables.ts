/**
 * The names of the variables of a GraphQL request, `'all'` where it has none; undefined where the event is about no
 * GraphQL request. As in Relay it is one where `request.api_target` says so, in any letter case.
 */
export function graphqlVariables(event: unknown): ReadonlySet<string> | 'all' | undefined {
  const request = property(event, 'request');
  const target = property(request, 'api_target');
  if (typeof target !== 'string' || target.toLowerCase() !== 'graphql') return undefined;
  const variables = property(property(request, 'data'), 'variables');
  if (typeof variables !== 'object' || variables === null) return 'all';
  const names = new Set<string>();
  collect(variables, names, 0);
  return names;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function collect(value: object, names: Set<string>, depth: number): void {
  for (const [key, entry] of Object.entries(value)) {
    names.add(key);
    if (typeof entry === 'object' && entry !== null && depth < 16) collect(entry as object, names, depth + 1);
  }
}
