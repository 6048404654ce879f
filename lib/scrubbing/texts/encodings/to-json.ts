/** JSON of a value; undefined for what has none, which the type of JSON.stringify conceals. */
export function toJson(value: unknown): string | undefined {
  return JSON.stringify(value);
}
