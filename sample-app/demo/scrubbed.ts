import type { EventPayload } from './inbox-items.js';

const REPLACED = /\[Filtered[^\]]*\]|user-[0-9a-f]+@/;

/** Lists the scrubbed values in the requests and users of events: `request.data.card.number [Filtered:card]`. */
export function scrubbedIn(events: EventPayload[]): string[] {
  const found = new Map<string, string>();
  for (const { request, user } of events) {
    const shown = { request: { headers: request?.headers, data: parsed(request?.data) }, user };
    for (const [path, value] of walk(shown, '')) if (!found.has(path)) found.set(path, value);
  }
  return [...found].map(([path, value]) => `${path.padEnd(32)} ${value}`);
}

/** Bodies are sent as strings. */
function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as unknown) : data;
  } catch {
    return data; // not JSON, or truncated
  }
}

function* walk(value: unknown, path: string): Generator<[path: string, value: string]> {
  if (typeof value === 'string' && REPLACED.test(value)) yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value)) yield* walk(entry, path ? `${path}.${key}` : key);
}
