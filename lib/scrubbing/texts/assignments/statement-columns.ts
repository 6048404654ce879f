import type { WorkMeter } from '../../limits/work-meter.js';

/** A text that is a statement, not a sentence that begins with `select` or `with`. */
const STATEMENT =
  /^\s{0,200}(?:(?:--[^\n]{0,400}\n|\/\*[^*]{0,400}\*\/)\s{0,40})?(?:select\s(?=[^]{0,4000}?(?:\bfrom\b|\?|\$\d|[:@]\w|%s))|insert\s{1,8}(?:ignore\s{1,8})?into\b|update\s[^]{1,400}?\bset\b|delete\s{1,8}from\b|merge\s{1,8}(?:into\b)?|replace\s{1,8}into\b|upsert\s{1,8}into\b|with\s{1,8}[\w"]{1,80}[^]{0,200}?\bas\s{0,8}\(|call\s{1,8}[\w.]{1,80}\s{0,4}\(|exec(?:ute)?\s{1,8}[\w.[\]]{1,120}(?:\s{1,8}[@'?:$]|$)|alter\s{1,8}(?:user|role|login)\b|create\s{1,8}(?:user|role|login)\b|set\s{1,8}(?:(?:session|local|global)\s{1,8})?[\w.@]{1,80}\s{0,4}(?:=|\bto\b)|begin\s[^]{0,4000}?[:@?$]\w|declare\s|\{\s{0,4}(?:\?\s{0,4}=\s{0,4})?call\s|values\s{0,8}\()/i;
/** `?`, `$1`, `:name`, `@p1`, `%s`, `%(name)s`; quoted texts are skipped, and brackets and commas give the position in a row. */
const TOKEN = /'(?:[^'\\]|''|\\[^])*'?|\?|\$\d{1,4}\b|(?<![:\w])[:@][A-Za-z_]?\w{0,60}\b|%s|%\(\w{1,60}\)s|[(),]/g;
/** Between a column and the placeholder that it is compared with or assigned to. */
const COMPARISON =
  /\s{0,8}(?:=|<>|!=|<=|>=|<|>|:=|\b(?:not\s{1,4})?(?:i?like|in|regexp|rlike|is)\b)\s{0,8}(?:any\s{0,4}\(|\(|[A-Za-z_]\w{0,40}\s{0,4}\()?\s{0,8}$/i;
/** Columns whose names tell nothing without their table: `sid` of `session`, `key` of `api_keys`. */
const TABLE = '\\b(?:from|into|update|join)\\s{1,8}["`[]?(?:\\w{1,60}["`\\]]?\\.["`[]?)?';
const OF_TABLE: readonly { table: RegExp; column: RegExp; name: string }[] = [
  {
    table: new RegExp(`${TABLE}(?:\\w{1,40}_)?sess(?:ion)?s?\\b`, 'i'),
    column: /(?:^|\.)\W?sid\W?$/i,
    name: 'session_token',
  },
  {
    table: new RegExp(`${TABLE}(?:\\w{1,40}_)?(?:api|access|secret)_?keys?\\b`, 'i'),
    column: /(?:^|\.)\W?(?:key|hash)\W?$/i,
    name: 'api_key',
  },
];
const NAME_CHARACTER = /[\w.$"`[\]]/;
/** A name may not begin with these. */
const NOT_FIRST = /^[^A-Za-z_"`[]+/;
const MAX_NAME = 121;
const COUNTED = /\b(limit|offset|top|fetch)\s{0,8}\(?\s{0,8}$/i;
const INSERT =
  /\b(?:insert\s{1,8}(?:ignore\s{1,8})?into|replace\s{1,8}into|upsert\s{1,8}into)\s{1,8}[\w."`[\]]{1,160}\s{0,8}\(([^()]{1,8000})\)[^()?$:@%]{0,200}\b(values?)\b/i;
const MAX_LENGTH = 65_536;
const MAX_PLACEHOLDERS = 2000;
/** Room for a name, and for what stands between it and its placeholder. */
const BEFORE = 200;
const COMPARISON_LENGTH = 80;
const STEPS_PER_PLACEHOLDER = 4000;

/** Which columns the parameters of a statement belong to, as far as the statement tells. */
export interface StatementColumns {
  /** The columns into which rows are inserted. */
  readonly inserted: readonly string[];
  /** By the position of the parameter. */
  readonly at: readonly (string | undefined)[];
  readonly named: ReadonlyMap<string, string | undefined>;
}

export function isStatement(text: string): boolean {
  return STATEMENT.test(text.length > 8000 ? text.slice(0, 8000) : text);
}

export function columnsOf(received: string, work: WorkMeter): StatementColumns {
  const text = received.length > MAX_LENGTH ? received.slice(0, MAX_LENGTH) : received;
  const insert = INSERT.exec(text);
  const nameOf = namesIn(text);
  const inserted = insert ? (insert[1] ?? '').split(',').map((column) => nameOf(column.trim())) : [];
  const rows = insert ? insert.index + insert[0].length : -1;
  const at: (string | undefined)[] = [];
  const named = new Map<string, string | undefined>();
  let depth = 0;
  let position = 0;
  let next = 0;
  let placeholders = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found && placeholders < MAX_PLACEHOLDERS; found = TOKEN.exec(text)) {
    const token = found[0];
    const first = token.charAt(0);
    if (token === '' || first === "'") continue;
    const inRows = rows !== -1 && found.index >= rows;
    if (first === '(') {
      if (inRows && ++depth === 1) position = 0;
    } else if (first === ')') {
      if (inRows) depth--;
    } else if (first === ',') {
      if (inRows && depth === 1) position++;
    } else {
      placeholders++;
      work.spend(STEPS_PER_PLACEHOLDER);
      if (work.isExhausted) break;
      const column = inRows && depth >= 1 ? inserted[position] : nameOf(comparedColumn(text, found.index));
      if (first === '$') at[Number(token.slice(1)) - 1] ??= column;
      else if (first === ':' || first === '@' || token.startsWith('%(')) {
        const name = token.replace(/^[:@]|^%\(|\)s$/g, '');
        if (!named.has(name)) {
          named.set(name, column);
          if (/\d$/.test(name)) at[next++] = column; // `:1`, `@p0`: given as a list
        }
      } else at[next++] = column;
    }
  }
  return { inserted, at, named };
}

/** What a column is called outside of its table. */
export function namesIn(statement: string): <Column extends string | undefined>(column: Column) => Column | string {
  const rows = OF_TABLE.filter(({ table }) => table.test(statement));
  return (column) => rows.find((row) => column !== undefined && row.column.test(column))?.name ?? column;
}

function comparedColumn(text: string, end: number): string | undefined {
  const before = text.slice(Math.max(0, end - BEFORE), end);
  const from = Math.max(0, before.length - COMPARISON_LENGTH);
  const comparison = COMPARISON.exec(before.slice(from));
  const name = comparison ? nameBefore(before, from + comparison.index) : '';
  return name === '' ? COUNTED.exec(before)?.[1] : name;
}

/** Reads backwards, once. */
function nameBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < MAX_NAME && NAME_CHARACTER.test(text.charAt(start - 1))) start--;
  return text.slice(start, end).replace(NOT_FIRST, '');
}
