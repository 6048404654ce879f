const MAX_LENGTH = 100_000;

/** An answer's body as an object, whether the client has parsed it or not. */
export function jsonBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  if (body.length > MAX_LENGTH || !body.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined; // a text that only begins like JSON
  }
}
