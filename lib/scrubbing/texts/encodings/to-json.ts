/** The JSON of a value; undefined if it has none, which the type of JSON.stringify omits. */
export function toJson(value: unknown): string | undefined {
  return JSON.stringify(value);
}
