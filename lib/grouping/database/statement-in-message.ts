import { messageOf } from '../error-shape.js';

/** How a message begins that starts with a statement. */
const STATEMENT = new RegExp(
  String.raw`^(?:\s|\(|/\*(?:[^*]|\*(?!/))*\*/|--[^\n]*\n)*(?:` +
    'select|insert|update|delete|with|merge|replace|truncate|create|alter|drop|rename|comment|begin|start|commit|' +
    'rollback|savepoint|release|set|reset|call|do|exec(?:ute)?|prepare|deallocate|explain|analyze|vacuum|refresh|' +
    String.raw`reindex|lock|unlock|copy|load|declare|fetch|close|grant|revoke|show|pragma|values|use|notify|listen)\b`,
  'i',
);
const MAX_READ_LENGTH = 8_000;
/** Literals and quoted names, and what separates the statement from the message of the driver. */
const PARTS =
  /\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|\be'(?:[^'\\]|\\.|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)| - /gi;
/** A literal where no message has one. */
const LITERAL = /(?:[=<>(,]|\b(?:like|in|values|between))\s*'/i;

/**
 * Divides messages of the form `<statement> - <message of the driver>`, of knex and what is built on it: they contain the
 * values of the statement. Statements may contain ` - ` themselves, so the last one outside of quotes counts.
 */
export function withStatement(text: string): { readonly statement: string; readonly message: string } | undefined {
  if (!STATEMENT.test(text)) return undefined;
  let at = -1;
  for (const part of text.matchAll(PARTS)) if (part[0] === ' - ') at = part.index;
  if (at === -1) return undefined;
  const message = text.slice(at + 3);
  // A difference at the end of a statement that stands alone.
  return LITERAL.test(message) ? { statement: text, message: '' } : { statement: text.slice(0, at), message };
}

/** The message of the driver, without the statement that a library has put before it. */
export function driverMessage(error: unknown): string {
  const message = messageOf(error);
  return withStatement(message.slice(0, MAX_READ_LENGTH))?.message ?? message;
}
