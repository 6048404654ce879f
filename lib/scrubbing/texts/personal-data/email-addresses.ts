import type { WorkMeter } from '../../limits/work-meter.js';

/** How far the path of an SSH remote is searched for a slash. */
const MAX_REMOTE_LENGTH = 256;
/** Steps to read around one `@`. */
const STEPS_PER_SIGN = 200;

/** Replaces e-mail addresses. Reads at most 64 characters before each `@` and 255 after it. */
export function scrubEmails(text: string, replace: (address: string) => string, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  const nextSign = text.includes('&#') || text.includes('&commat;') ? nextWithEntities : nextPlain;
  for (let sign = nextSign(text, 0); sign; sign = nextSign(text, sign.at + 1)) {
    const { at, width } = sign;
    work.charge(STEPS_PER_SIGN);
    const quoted = startOfQuoted(text, at, copied);
    let start = quoted ?? at;
    while (quoted === undefined && start > copied && at - start < 64 && isLocalCode(text.charCodeAt(start - 1)))
      start--;
    while (quoted === undefined && start < at && !isAlphanumeric(text.charCodeAt(start))) start++;
    if (start === at) continue;
    const end = endOfDomain(text, at + width);
    if (end === -1 || isRemote(text, end) || isUser(text, start, end) || isPublicKey(text, start, at)) continue;
    const address = width === 1 ? text.slice(start, end) : `${text.slice(start, at)}@${text.slice(at + width, end)}`;
    const replacement = replace(address);
    if (replacement === address) continue;
    out += text.slice(copied, start) + replacement;
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** The `@`, plain or as an entity of HTML. */
interface Sign {
  at: number;
  width: number;
}

function nextPlain(text: string, from: number): Sign | undefined {
  const at = text.indexOf('@', from);
  return at === -1 ? undefined : { at, width: 1 };
}

const SIGN = /@|&#64;|&#x40;|&commat;/gi;

function nextWithEntities(text: string, from: number): Sign | undefined {
  SIGN.lastIndex = from;
  const found = SIGN.exec(text);
  return found ? { at: found.index, width: found[0].length } : undefined;
}

/** `git@host:path` is an SSH remote; `a@b.example: text` and `a@b.example:80` are not. */
function isRemote(text: string, end: number): boolean {
  if (text.charCodeAt(end) !== 58) return false;
  const next = text.charCodeAt(end + 1);
  if (next === 126) return true;
  if (next === 47) return text.charCodeAt(end + 2) !== 47 && text.charCodeAt(end + 2) > 32;
  if (!isAlphanumeric(next) || (next >= 48 && next <= 57)) return false;
  const path = text.slice(end, end + MAX_REMOTE_LENGTH);
  const space = path.search(/\s/);
  return (space === -1 ? path : path.slice(0, space)).includes('/');
}

/** Of a URL: `ssh://git@host/repository`, `redis://app@host`; not of the web, where an address may stand in a path. */
function isUser(text: string, start: number, end: number): boolean {
  return (
    text.charCodeAt(start - 1) === 47 &&
    text.charCodeAt(end) !== 64 &&
    /(?<!\b(?:https?|ftps?|smtps?|imaps?|pop3s?|sips?|xmpp)):\/\/$/.test(text.slice(Math.max(0, start - 12), start))
  );
}

/** Of Sentry's DSN: `https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42`. */
function isPublicKey(text: string, start: number, at: number): boolean {
  return at - start === 32 && text.startsWith('//', start - 2) && /^[\da-f]{32}$/.test(text.slice(start, at));
}

/** `"jo doe"@shop.example`: the start of the quoted local part; undefined if there is none. */
function startOfQuoted(text: string, at: number, floor: number): number | undefined {
  if (text.charCodeAt(at - 1) !== 34) return undefined;
  for (let start = at - 2; start >= floor && at - start < 64; start--) {
    const code = text.charCodeAt(start);
    if (code === 34) return at - start > 2 ? start : undefined;
    if (code !== 32 && !isLocalCode(code)) return undefined;
  }
  return undefined;
}

/** `[192.0.2.1]` and `[IPv6:…]`: an IP address in place of a domain. */
const LITERAL = /^\[(?:IPv6:[\da-fA-F:.]{2,45}|\d{1,3}(?:\.\d{1,3}){3})\]/;

/** The end of `labels.tld`, whose last label is all letters or punycode; -1 if there is none. */
function endOfDomain(text: string, start: number): number {
  if (text.charCodeAt(start) === 91) {
    const literal = LITERAL.exec(text.slice(start, start + 64));
    return literal ? start + literal[0].length : -1;
  }
  let end = -1;
  let label = start;
  let dots = 0;
  let letters = true;
  let punycode = false;
  let at = start;
  for (; at < text.length && at - start < 255; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (at === label) break;
      if (dots > 0 && letters && at - label >= 2) end = at;
      dots++;
      label = at + 1;
      letters = true;
      punycode = text.startsWith('xn--', label);
    } else if (isAlphanumeric(code) || code === 45) {
      if (!punycode && (code === 45 || (code >= 48 && code <= 57))) letters = false;
    } else break;
  }
  if (dots > 0 && letters && at - label >= 2) end = at;
  return end;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code > 127;
}

function isLocalCode(code: number): boolean {
  return (
    isAlphanumeric(code) ||
    code === 46 ||
    code === 43 ||
    code === 45 ||
    code === 95 ||
    code === 37 ||
    code === 33 ||
    code === 35 ||
    code === 36 ||
    code === 39 ||
    code === 42 ||
    code === 63 ||
    code === 94 ||
    code === 123 ||
    code === 124 ||
    code === 125 ||
    code === 126
  );
}
