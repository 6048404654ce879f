import { messageOf } from '../error-shape.js';
import { normalizeStatement } from '../sql-statement.js';
import type { SqlDialect } from '../sql-tokens.js';

/** How a message begins that starts with a statement. */
const STATEMENT = new RegExp(
  String.raw`^(?:\s|\(|/\*(?:[^*]|\*(?!/))*\*/|--[^\n]*\n)*(?:` +
    'select|insert|update|delete|with|merge|replace|truncate|create|alter|drop|rename|comment|begin|start|commit|' +
    'rollback|savepoint|release|set|reset|call|do|exec(?:ute)?|prepare|deallocate|explain|analyze|vacuum|refresh|' +
    String.raw`reindex|lock|unlock|copy|load|declare|fetch|close|grant|revoke|show|pragma|values|use|notify|listen)\b`,
  'i',
);
const MAX_READ_LENGTH = 8_000;
const MAX_END_LENGTH = 50_000;
const SEPARATOR = ' - ';
/** Literals and quoted names, and what separates the statement from the message of the driver. */
const PARTS =
  /\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|\be'(?:[^'\\]|\\.|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)| - /gi;
/** What MikroORM appends to messages of PostgreSQL. */
export const DETAIL = '\n - detail: ';
/** Places at which a quoted statement may begin that are compared with it. */
const MAX_STARTS = 20;
/** Fewer characters before the first value may be those of a sentence: `select `. */
const MIN_WORDS_LENGTH = 16;
/** A literal where no message has one. */
const LITERAL = /(?:[=<>(,]|\b(?:like|in|values|between))\s*'/i;

/**
 * Divides messages of the form `<statement> - <message of the driver>`, of knex and what is built on it: they contain the
 * values of the statement. Statements may contain ` - ` themselves, so the last one outside of quotes counts.
 */
export function withStatement(text: string): { readonly statement: string; readonly message: string } | undefined {
  if (!STATEMENT.test(text)) return undefined;
  let at = -1;
  for (const part of text.matchAll(PARTS))
    if (part[0] === ' - ' && !text.startsWith(DETAIL, part.index - 1)) at = part.index;
  if (at === -1) return undefined;
  const message = text.slice(at + 3);
  // A difference at the end of a statement that stands alone.
  return LITERAL.test(message) ? { statement: text, message: '' } : { statement: text.slice(0, at), message };
}

/** The message of the driver, without the statement that a library has put before it. */
export function driverMessage(error: unknown): string {
  const message = ends(messageOf(error));
  return withStatement(message.slice(0, MAX_READ_LENGTH))?.message ?? message;
}

/** Where drivers and libraries say something about a statement: before and after it. */
function ends(message: string): string {
  if (message.length <= 2 * MAX_END_LENGTH) return message;
  return message.slice(0, MAX_END_LENGTH) + message.slice(-MAX_END_LENGTH);
}

/**
 * Removes the values of a statement where a library has put it before the message of the driver, with its values, and the
 * application quotes both. What the application has put before the statement stays.
 *
 * @param before - the text before the message of the driver
 * @param statement - the statement as the driver has sent it, normalised
 */
export function withoutQuotedStatement(before: string, statement: string, dialect: SqlDialect | undefined): string {
  if (!before.endsWith(SEPARATOR)) return before;
  const text = before.slice(0, -SEPARATOR.length);
  const start = startOfStatement(text, statement, dialect);
  return start === undefined ? before : text.slice(0, start) + statement + SEPARATOR;
}

/** Like {@link withoutQuotedStatement} if the message of the driver is missing, because the text was cut. */
export function withoutCutStatement(text: string, statement: string, dialect: SqlDialect | undefined): string {
  const words = wordsOf(statement);
  const start = words.length < MIN_WORDS_LENGTH ? -1 : text.indexOf(words);
  const cut = text.slice(start);
  if (start === -1 || withStatement(cut.slice(0, MAX_READ_LENGTH))) return text;
  return text.slice(0, start) + normalizeStatement(cut, dialect);
}

/** Whether a text is nothing but the statement, with or without values. */
export function isStatement(text: string, statement: string, dialect: SqlDialect | undefined): boolean {
  return startOfStatement(text.trimStart(), statement, dialect) === 0;
}

/**
 * Libraries write some values in another form than a driver (`true`, `null`), so what comes before the first value decides
 * if no place has the whole statement.
 */
function startOfStatement(text: string, statement: string, dialect: SqlDialect | undefined): number | undefined {
  const [first] = /^(?:\w+|\W)/.exec(statement) ?? [];
  if (first === undefined) return undefined;
  const words = wordsOf(statement);
  let begins: number | undefined;
  for (const start of startsOf(first, text)) {
    const quoted = normalizeStatement(text.slice(start, start + MAX_READ_LENGTH), dialect);
    if (quoted.slice(0, statement.length) === statement) return start;
    if (quoted.startsWith(words)) begins ??= start;
  }
  return begins;
}

/** What comes before the first value. */
function wordsOf(statement: string): string {
  return statement.split('?', 1)[0] ?? '';
}

function startsOf(word: string, text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(word); at !== -1 && starts.length < MAX_STARTS; at = text.indexOf(word, at + word.length))
    if (!/\w/.test(text.charAt(at - 1)) || !/\w/.test(word)) starts.push(at);
  return starts;
}
