/** Reads fields of a payload of any shape. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Sentry takes lists as an array or as `{ values }`. */
export function listOf(value: unknown): unknown[] {
  const list = Array.isArray(value) ? value : fieldsOf(value).values;
  return Array.isArray(list) ? (list as unknown[]) : [];
}

/** Epoch seconds of a number or a text; NaN for anything else. */
export function secondsOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Date.parse(value) / 1000 : NaN;
}

export function isHex(value: unknown, length: number): boolean {
  return typeof value === 'string' && value.replaceAll('-', '').length === length && /^[0-9a-f-]+$/i.test(value);
}
