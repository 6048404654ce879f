import { FILTERED } from '../../markers/marker.js';
import { mixes } from './mixed-values.js';
import { endOfBare, endOfQuoted, quoteAt } from './value-bounds.js';

/** Values that follow a removed one, and belong to the same name. */

const ARROW = /["'`]?\s{0,4}(?:-{1,2}>|=>|→|➜|⇒|>>)\s{0,4}(?=[^\s(])/y;
const PLURAL = /(?:code|token|password|passphrase|secret|key|pin|otp|credential)s$/i;
/** A separator and the next value, which contains a digit. */
const LISTED =
  /(["'`]?(?:\s{0,4}[,;|/]\s{0,4}(?:and\s{1,4})?|\s{1,4}(?:and|or)\s{1,4}|\s(?=(?:\d{6,10}|[\da-z]{4,8}(?:-[\da-z]{4,8}){1,4})(?:\s|$)))["'`]?)(?=[\w+-]{0,60}\d)[\w+-]{4,80}((?=$|[\s,;|/."'`)\]]))/y;
const MAX_LISTED = 100;
const NEXT_WORD = /[\w+/=-]{10,4000}(?=$|[\s"'`,;)\]}]|\.(?:\s|$))/y;
/** Between two literals that are joined to one text. */
const JOINED = /["'`]\s{0,8}(?:\+|\.|&|\|\|)\s{0,80}(?=["'`])/y;

/** The values that a removed one changed to: `password: 'x' -> 'y'`. */
export function endsOfChanged(text: string, end: number): { start: number; end: number }[] {
  ARROW.lastIndex = end;
  const found = ARROW.exec(text);
  if (!found) return [];
  const open = end + found[0].length;
  const start = open + quoteAt(text, open);
  const last = start > open ? endOfQuoted(text, open, start) : endOfBare(text, start, false);
  return last > start && !text.startsWith(FILTERED.slice(0, 9), start) ? [{ start, end: last }] : [];
}

/** The value after a plain word that is not: `privateKey: Encrypted x9…`. */
export function endOfNextWord(text: string, start: number, end: number, min = 10): number {
  if (end - start > 20 || text.charCodeAt(end) !== 32 || !/^[A-Za-z]{2,20}$/.test(text.slice(start, end))) return end;
  NEXT_WORD.lastIndex = end + 1;
  if (!NEXT_WORD.test(text)) return end;
  const last = NEXT_WORD.lastIndex;
  return last - end > min && mixes(text.slice(end + 1, last)) ? last : end;
}

/** The others of a list without brackets: `backup codes: 48201937, 59037716 and 61002288`. */
export function endsOfListed(text: string, end: number, quote: number, name: string): { start: number; end: number }[] {
  const listed: { start: number; end: number }[] = [];
  if (quote > 1 || !PLURAL.test(name)) return listed;
  LISTED.lastIndex = end;
  for (let found = LISTED.exec(text); found && listed.length < MAX_LISTED; found = LISTED.exec(text)) {
    const last = LISTED.lastIndex - (found[2] ?? '').length;
    listed.push({ start: found.index + (found[1] ?? '').length, end: last });
    LISTED.lastIndex = last;
  }
  return listed;
}

/** The literals that follow, joined to the one that ends here: `'first' + 'second'`. */
export function endsOfJoined(text: string, end: number): { start: number; end: number }[] {
  const joined: { start: number; end: number }[] = [];
  let at = end;
  for (;;) {
    JOINED.lastIndex = at;
    const found = JOINED.exec(text);
    if (!found) return joined;
    const open = at + found[0].length;
    const start = open + quoteAt(text, open);
    at = endOfQuoted(text, open, start);
    joined.push({ start, end: at });
  }
}
