import { FILTERED, isMarker } from '../../markers/marker.js';

/** Before a statement into which Laravel has written its parameters, without quotes: `(Connection: mysql, SQL: insert …)`. */
const LABEL = 'SQL: ';
/** After the last row. */
const END = /\)(?= on (?:duplicate|conflict)\b| returning\b|\)[\s"'\\]|\)$)/g;
const BETWEEN_ROWS = '), (';
const MAX_ROWS_LENGTH = 20_000;
/** A placeholder that is still one, or an empty value. */
const UNBOUND = /^(?:\?|null|default|)$/i;

export function isBound(text: string, statement: number): boolean {
  return text.startsWith(LABEL, statement - LABEL.length);
}

/**
 * Replaces the values of secret columns, which nothing but a comma separates. If a value contains one, all from the first
 * secret column on are replaced. Undefined if the rows do not end.
 */
export function scrubBoundRows(
  text: string,
  from: number,
  secret: readonly boolean[],
): { values: string; end: number } | undefined {
  if (text.charAt(from) !== '(') return undefined;
  END.lastIndex = from;
  const end = END.exec(text)?.index;
  if (end === undefined || end - from > MAX_ROWS_LENGTH) return undefined;
  const rows = text.slice(from + 1, end).split(BETWEEN_ROWS);
  return { values: `(${rows.map((row) => cleanRow(row, secret)).join(BETWEEN_ROWS)}`, end };
}

function cleanRow(row: string, secret: readonly boolean[]): string {
  const values = row.split(', ');
  if (values.length !== secret.length) return [...values.slice(0, secret.indexOf(true)), FILTERED].join(', ');
  return values
    .map((value, at) => (secret[at] && !UNBOUND.test(value) && !isMarker(value) ? FILTERED : value))
    .join(', ');
}
