const MAX_LENGTH = 100_000;

/** A response body as an object, whether or not the client has parsed it. */
export function jsonBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  if (body.length > MAX_LENGTH || !body.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined; // not JSON after all
  }
}
