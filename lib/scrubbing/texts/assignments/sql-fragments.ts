import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** What MySQL and MariaDB quote of a statement: at most its next eighty characters. */
const NEAR = /(\bto use near ')([^]{1,200}?)(?='(?: at line \d|\s{0,4}$))/g;
const CUT = 80;
/**
 * A literal that a database could not read to its end: `unterminated quoted string at or near "'x"` of PostgreSQL,
 * `unrecognized token: "'x"` of SQLite, `Unclosed quotation mark after the character string 'x'.` of SQL Server.
 */
const UNCLOSED =
  /\b(?:unterminated quoted (?:string|identifier)|syntax error) at or near "'|\b(?:unrecognized token: |near )"'|\bunclosed quotation mark (?:after|before) the character string '/gi;
const START_OF_NONE = /^(?:\[Filtered|[\r\n]|$)/;
const END_OF_UNCLOSED = /'?"(?::| at |\s{0,4}$)|'\.|\s{0,4}$/gm;
const LITERAL = /'(?:[^']|'')*'?/g;
const COLUMN_BEFORE = /([A-Za-z_][\w.]{0,80})["`\]]?\s{0,4}(?:=|<>|!=|<=|>=|<|>|\bi?like\b)\s{0,4}[nN]?$/i;

/**
 * What a database quotes of a statement that it cannot parse. A literal there may have lost its column: it stays only
 * after one that is harmless.
 *
 * @param scrubRest - scrubs what is around it
 */
export function scrubSqlFragments(text: string, keys: KeyRules, scrubRest: (text: string) => string): string {
  let out = '';
  let copied = 0;
  for (const found of text.matchAll(NEAR)) {
    const [, head = '', fragment = ''] = found;
    const start = found.index + head.length;
    out += scrubRest(text.slice(copied, start)) + withoutLiterals(fragment, keys);
    copied = start + fragment.length;
  }
  return withoutUnclosed(out + scrubRest(text.slice(copied)));
}

function withoutUnclosed(text: string): string {
  let out = '';
  let copied = 0;
  for (const { 0: head, index } of text.matchAll(UNCLOSED)) {
    const start = index + head.length;
    if (index < copied || START_OF_NONE.test(text.slice(start, start + 9))) continue;
    END_OF_UNCLOSED.lastIndex = start + 1;
    const end = END_OF_UNCLOSED.exec(text)?.index ?? text.length;
    out += text.slice(copied, start) + FILTERED;
    copied = end;
  }
  return out + text.slice(copied);
}

function withoutLiterals(fragment: string, keys: KeyRules): string {
  const quotes = fragment.split("'").length - 1;
  // it begins within a literal, unless it was cut within its last one
  const within = quotes % 2 === 1 && fragment.length < CUT ? fragment.indexOf("'") : 0;
  const rest = within > 0 ? fragment.slice(within + 1) : fragment;
  const clean = rest.replace(LITERAL, (literal: string, at: number) => {
    const column = COLUMN_BEFORE.exec(rest.slice(Math.max(0, at - 100), at))?.[1];
    const known = column !== undefined && keys.of(column).rule === undefined;
    return known || literal.length < 3 || literal.includes('[Filtered') ? literal : `'${FILTERED}'`;
  });
  return within > 0 ? `${FILTERED}'${clean}` : clean;
}
