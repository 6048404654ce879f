import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';
import { namesIn } from './statement-columns.js';
import { isBound, scrubBoundRows } from './bound-rows.js';
import { scrubSqlFragments } from './sql-fragments.js';

const STATEMENT =
  /\b(?:where|select|insert|update|delete|replace|merge|create|alter|grant|set|exec|execute|call|with|copy|pragma|attach|near|unterminated|unclosed|unrecognized)\b/i;
const FRAGMENT = /\bnear ['"]|\bunclosed quotation|\bunrecognized token/i;
/** Keywords after which a literal is a password: `IDENTIFIED BY 'x'`, `PASSWORD 'x'`. */
const AFTER_KEYWORD =
  /\b(identified\s{1,8}(?:with\s{1,8}[\w']{1,40}\s{1,8})?(?:by|as)\s{1,8}(?:password\s{1,8})?|password\s{1,8}(?:for\s{1,8}[\w@'`.%-]{1,80}\s{0,4}=\s{0,4}(?:password\(\s{0,4})?)?|requirepass\s{1,8}|pragma\s{1,8}(?:\w{1,40}\.)?(?:re|hex|hexre|text)?key\s{0,4}=\s{0,4}|\battach\s{1,8}(?:database\s{1,8})?'[^'\r\n]{1,200}'\s{1,8}as\s{1,8}\w{1,60}\s{1,8}key\s{1,8})('(?:[^']|'')*'?|"[^"]*"?|\$(?:\w{0,20})\$[^$]*(?:\$\w{0,20}\$)?)/gi;
/** MySQL's `IDENTIFIED BY 'x' REPLACE 'y'`. */
const REPLACED = /(\[Filtered\]["']\s{1,8}replace\s{1,8})('(?:[^']|'')*'?|"[^"]*"?)/gi;
/** A column compared with or matched against a literal. The assignment rule already handles `=` and `:`. */
const COMPARED =
  /(?<![\w.])([A-Za-z_][\w.]{0,80}["`\]]?)(\s{0,4}(?:<>|!=|<=|>=|:=|<|>|\bto\b|\bnot\s{1,4}like\b|\bi?like\b)\s{0,4})('(?:[^']|'')*'?)/gi;
/** `token IN ('a', 'b')`: the whole list. */
const LISTED = /(?<![\w.])([A-Za-z_][\w.]{0,80}["`\]]?)(\s{1,4}(?:not\s{1,4})?in\s{0,4}\()([^()]+)/gi;
/** `password = crypt('…', salt)`: the literals of the call. */
const ASSIGNED_CALL = /(?<![\w.])([A-Za-z_][\w.]{0,80}["`\]]?)(\s{0,4}=\s{0,4}[A-Za-z_][\w.]{0,40}\s{0,2}\()([^()]+)/gi;
/** Functions whose arguments are keys and plain text. */
const KEYED_CALL =
  /\b((?:pgp_sym_(?:en|de)crypt|pgp_pub_decrypt|crypt|(?:aes|des)_(?:en|de)crypt|hmac|(?:en|de)cryptbypassphrase|(?:old_)?password)\s{0,2}\()([^()]+)/gi;
/** A literal assigned to a column; doubled quotes do not end it, unlike in other texts. */
const ASSIGNED = /(?<![\w.])([A-Za-z_][\w.]{0,80}["`\]]?)(\s{0,4}=\s{0,4}[nN]?)('(?:[^'\\]|''|\\[^])*'?)/g;
/** `'x' AS token`, `'x'::text AS token`: the name of a column follows its literal. */
const ALIASED = /('(?:[^'\\]|''|\\[^]){0,400}')((?:::\s?[a-z_]{1,30})?\s{1,4}as\s{1,4}["`[]?)([A-Za-z_]\w{0,80})/gi;
/** `data->>'token' = 'x'`, `JSON_EXTRACT(data, '$.token') = 'x'`. */
const MEMBER =
  /((?:->>?\s{0,2}|#>>\s{0,2}|\bjson_\w{1,20}\([^()']{1,60},\s{0,4})'[${]?\.?([\w.,-]{1,80})\}?'\s{0,2}\){0,2}\s{0,4}(?:=|<>|!=|\bi?like\b)\s{0,4})('(?:[^'\\]|''|\\[^])*'?)/gi;
const LITERALS = /'(?:[^']|'')*'?/g;
const INSERT =
  /\b(?:insert\s{1,8}(?:ignore\s{1,8})?into|replace\s{1,8}into)\s{1,8}([\w."`[\]]{1,120})\s{0,8}(\([^()]{0,4000}\))?\s{0,8}values\s{0,8}/gi;

/** Replaces the literals of sensitive columns anywhere in a SQL statement. */
export function scrubSqlValues(text: string, keys: KeyRules): string {
  if (!STATEMENT.test(text)) return text;
  const scrub = (part: string): string => scrubLiterals(part, keys);
  return FRAGMENT.test(text) ? scrubSqlFragments(text, keys, scrub) : scrub(text);
}

function scrubLiterals(text: string, keys: KeyRules): string {
  const clean = text
    .replace(AFTER_KEYWORD, (_all, words: string, literal: string) => words + filtered(literal))
    .replace(REPLACED, (_all, words: string, literal: string) => words + filtered(literal))
    .replace(COMPARED, (all: string, column: string, operator: string, literal: string) =>
      keys.of(column).rule ? column + operator + filtered(literal) : all,
    );
  const named = (all: string, column: string, head: string, list: string): string =>
    keys.of(column).rule && list.includes("'") ? column + head + list.replace(LITERALS, filtered) : all;
  const listed = clean
    .replace(ASSIGNED, (all: string, column: string, equals: string, literal: string) =>
      keys.of(column).rule ? column + equals + filtered(literal) : all,
    )
    .replace(ALIASED, (all: string, literal: string, gap: string, column: string) =>
      keys.of(column).rule ? filtered(literal) + gap + column : all,
    )
    .replace(MEMBER, (all: string, head: string, path: string, literal: string) =>
      keys.of(path.split(/[.,]/).at(-1) ?? path).rule ? head + filtered(literal) : all,
    )
    .replace(LISTED, named)
    .replace(ASSIGNED_CALL, named)
    .replace(KEYED_CALL, (_all, head: string, list: string) => head + list.replace(LITERALS, filtered));
  return scrubInserts(listed, keys);
}

function filtered(literal: string): string {
  const quote = literal.charAt(0);
  if (quote === '$') return literal.replace(/^(\$\w{0,20}\$)[^$]*/, `$1${FILTERED}`);
  return literal.length <= 2 && literal.endsWith(quote) ? literal : `${quote}${FILTERED}${quote}`;
}

/** `INSERT INTO t (a, password) VALUES (…)`: literals by the position of their column; all of them if no columns are listed. */
function scrubInserts(text: string, keys: KeyRules): string {
  let out = '';
  let copied = 0;
  INSERT.lastIndex = 0;
  for (let insert = INSERT.exec(text); insert; insert = INSERT.exec(text)) {
    const nameOf = namesIn(insert[0]);
    const columns = insert[2]
      ?.slice(1, -1)
      .split(',')
      .map((column) => nameOf(column.trim()));
    const secret = columns?.map((column) => keys.of(column).rule !== undefined);
    if (secret && !secret.includes(true)) continue;
    const from = INSERT.lastIndex;
    const bound = secret && isBound(text, insert.index) ? scrubBoundRows(text, from, secret) : undefined;
    const { values, end } = bound ?? scrubRows(text, from, (column) => !secret || secret[column] !== false);
    out += text.slice(copied, from) + values;
    copied = end;
    INSERT.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** Reads rows of values and replaces the literals of secret columns. */
function scrubRows(text: string, from: number, isSecret: (column: number) => boolean): { values: string; end: number } {
  let out = '';
  let copied = from;
  let depth = 0;
  let column = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) {
      depth++;
      if (depth === 1) column = 0;
    } else if (code === 41) depth--;
    else if (code === 44) {
      if (depth === 1) column++;
    } else if (code === 39 || code === 34) {
      if (depth === 0) break; // ends the text in which the statement is quoted
      const end = endOfLiteral(text, at, code);
      if (isSecret(column)) {
        out += text.slice(copied, at) + filtered(text.slice(at, end));
        copied = end;
      }
      at = end - 1;
    } else if (depth === 0 && code > 32) break;
  }
  return { values: out + text.slice(copied, at), end: at };
}

/** Doubled quotes and backslashes do not end a literal. */
function endOfLiteral(text: string, open: number, quote: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return text.length;
}
