import { wordPlaceholder } from './identifier.js';
import { pathPattern } from './path-pattern.js';

/** A message without any of these has no recognizable variable parts. */
const MAY_VARY = /[\d'"`“‘«@/]/;

/**
 * The variable parts of a message. Each match starts where the previous one ended, so that matching is linear. Output must
 * normalize to itself: hence the angle brackets in the look-behinds and the first alternative.
 */
const PARTS = new RegExp(
  [
    '<(?:n|id|uuid|hash|email|date|ip|value)>',
    String.raw`(?<quoted>(?<![\w>])'[^']*'(?![\w<])|(?<![\w>])"[^"]*"|\x60[^\x60]*\x60|“[^“”]*”|‘[^‘’]*’|«[^«»]*»)`,
    String.raw`(?<url>(?<![\w>])[a-zA-Z][a-zA-Z0-9+]{1,14}:\/\/[^\s'"\x60<>()[\]{},;“”‘’«»]+)`,
    String.raw`(?<email>[^\s@<>"'\x60()[\]{},:;=/\\|“”‘’«»]{1,64}@(?:[^\s@.<>"'\x60()[\]{},:;=/\\|]{1,63}\.){1,8}[A-Za-z]{2,24})`,
    String.raw`(?<path>(?<![\w/.>-])(?:\/+[^\s/?#'"\x60<>()[\]{},;“”‘’«»]+)+\/*(?:\?[^\s'"\x60<>()“”‘’«»]*)?)`,
    String.raw`(?<date>(?<![\w-])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])` +
      String.raw`|(?<!\w)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:\d{1,2} )?\d{4}(?: \d{2}:\d{2}:\d{2})?(?: GMT(?:[+-]\d{4})?)?(?: \([A-Za-z ]{1,60}\))?(?!\w)` +
      String.raw`|(?<![\w:])\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?![\w:]))`,
    String.raw`(?<ip>(?<![\w.-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?(?![\w.-]))`,
    String.raw`(?<number>(?<![\w.,-])[-+]?\d+(?:[.,]\d+)+)`,
    String.raw`(?<word>[\w-]+)`,
  ].join('|'),
  'g',
);

interface Parts {
  quoted?: string;
  url?: string;
  email?: string;
  path?: string;
  date?: string;
  ip?: string;
  number?: string;
  word?: string;
}

/**
 * Replaces what varies between occurrences of a message with placeholders: ids, UUIDs, hashes, numbers, dates, e-mail and
 * IP addresses, quoted values, and identifiers in paths. `User 'bob' (4711) not found at /u/17` becomes
 * `User '<value>' (<n>) not found at /u/:id`. Linear and idempotent.
 */
export function normalizeMessage(message: string): string {
  if (!MAY_VARY.test(message)) return message;
  return message.replace(PARTS, (...found: unknown[]) => placeholder(String(found[0]), found.at(-1) as Parts));
}

function placeholder(part: string, parts: Parts): string {
  if (parts.word !== undefined) return wordPlaceholder(part);
  if (parts.quoted !== undefined) return `${part.charAt(0)}<value>${part.charAt(part.length - 1)}`;
  if (parts.number !== undefined) return '<n>';
  if (parts.path !== undefined) return keepEnd(part, pathPattern);
  if (parts.url !== undefined) return keepEnd(part, urlPattern);
  if (parts.date !== undefined) return '<date>';
  if (parts.email !== undefined) return '<email>';
  if (parts.ip !== undefined) return '<ip>';
  return part; // a placeholder
}

/** Keeps trailing periods and colons, which belong to the sentence; drops trailing slashes and the query string. */
function keepEnd(part: string, pattern: (text: string) => string): string {
  const minLength = part.startsWith('/') ? 1 : part.indexOf('://') + 3;
  const query = part.search(/[?#]/);
  const pathEnd = query === -1 ? part.length : query;
  const end = endOf(part, '.:!/', minLength, pathEnd);
  const after = part.slice(end, pathEnd).replaceAll('/', '') + part.slice(endOf(part, '.:!?', pathEnd, part.length));
  return pattern(part.slice(0, end)) + after;
}

/** Start index of the trailing run of these characters in `text.slice(from, to)`. */
function endOf(text: string, characters: string, from: number, to: number): number {
  let end = to;
  while (end > from && characters.includes(text.charAt(end - 1))) end--;
  return end;
}

/** Scheme, host and path pattern, without user, port, query string and fragment. */
function urlPattern(url: string): string {
  const start = url.indexOf('://') + 3;
  const rest = url.slice(start);
  const pathAt = rest.search(/[/?#]/);
  const authority = pathAt === -1 ? rest : rest.slice(0, pathAt);
  const [host = ''] = authority.slice(authority.lastIndexOf('@') + 1).split(':', 1);
  // Without a port, a host of punctuation would belong to the sentence.
  if (/^[.!]*$/.test(host)) return '<value>';
  const path = pathAt === -1 ? '' : pathPattern(rest.slice(pathAt));
  return url.slice(0, start) + host.toLowerCase() + (path === '/' ? '' : path);
}
