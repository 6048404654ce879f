import { FILTERED, isMarker, marker } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';

/** What ends the part before the host. An angle bracket may be in a password. */
const AFTER_USER = /[\s"'`]|[<>](?![^\s"'`/]{0,64}@)/g;
const MAX_LENGTH = 1024;
/** What stands for a password where the name of the user is a token: `https://x:x-oauth-basic@github.com`. */
const NO_PASSWORD = /^(?:x-oauth-basic|x|)$/;
/** URLs of Oracle's drivers: `jdbc:oracle:thin:name/password@host`. */
const ORACLE = /(oracle:(?:thin|oci):[^\s/@"']{1,100}\/)([^\s@"'[]{1,200})(?=@)/g;

/**
 * Replaces the password in `scheme://user:password@host`, and a user name without a password that is long enough to be a
 * token. The user info ends at the last `@` before the path, so that a password may contain others.
 */
export function scrubUrlCredentials(text: string): string {
  let out = '';
  let copied = 0;
  let stop = -1; // the next character that ends any user info
  let sign = -1; // the next `@`
  for (let slashes = text.indexOf('//'); slashes !== -1; slashes = text.indexOf('//', Math.max(slashes + 2, copied))) {
    const start = slashes + 2;
    if (sign < start) sign = text.indexOf('@', start);
    if (sign === -1) break;
    if (stop < start) stop = nextStop(text, start);
    if (sign > stop || sign - start >= MAX_LENGTH) continue; // no user info: not read, as many URLs may follow each other
    const at = userInfoEnd(text, start, stop);
    if (at === -1 || endsBefore(text, start, at)) continue;
    if (isMarker(text.slice(start, at))) continue;
    const colon = text.slice(start, at).indexOf(':'); // only here: searching to the end of the text would be quadratic
    const hasPassword = colon !== -1;
    const from = start + colon + 1;
    const secret = text.slice(from, at);
    if (hasPassword && NO_PASSWORD.test(secret) && isLong(text.slice(start, from - 1))) {
      out += `${text.slice(copied, start)}${marker('url')}:${secret === '' ? '' : FILTERED}`;
      copied = at;
      continue;
    }
    if (
      secret === '' ||
      isMarker(secret) ||
      isPlaceholder(secret) ||
      (secret.endsWith(FILTERED) && secret.includes('//'))
    )
      continue;
    if (!hasPassword && !isTokenLike(secret, text.slice(at + 1, at + 64))) continue;
    out += text.slice(copied, from) + (hasPassword ? FILTERED : marker('url'));
    copied = at;
  }
  const clean = copied === 0 ? text : out + text.slice(copied);
  return clean.includes('oracle:') ? clean.replace(ORACLE, `$1${FILTERED}`) : clean;
}

/** `<https://host:8080><kim@host>`: the bracket ends a URL without a password. */
function endsBefore(text: string, start: number, at: number): boolean {
  const head = text.slice(start, at);
  const bracket = head.search(/[<>]/);
  return bracket !== -1 && !hasColon(head, 0, bracket);
}

/** The `@` that ends the user info; -1 if there is none. */
function userInfoEnd(text: string, start: number, stop: number): number {
  let at = -1;
  const limit = Math.min(stop, start + MAX_LENGTH);
  let inPath = false;
  for (let next = start; next < limit; next++) {
    const character = text.charAt(next);
    if (character === '@') {
      at = next;
      if (inPath) break;
    } else if (character === '/' || character === '?' || character === '#') {
      if (at !== -1 || (!inPath && !hasColon(text, start, next))) break;
      inPath = true; // a password with a slash: `user:pa/ss@host`
    }
  }
  while (at !== -1 && text.charCodeAt(at + 1) === 64) at++; // a run of them: the next pass would begin behind the first
  return at;
}

function nextStop(text: string, from: number): number {
  AFTER_USER.lastIndex = from;
  return AFTER_USER.exec(text)?.index ?? text.length;
}

/** A colon before the slash that does not begin a port: `user:pa/ss@host`, not `host:5432/db`. */
function hasColon(text: string, start: number, end: number): boolean {
  const head = text.slice(start, end);
  const colon = head.indexOf(':');
  return colon !== -1 && !/^\d{1,5}$/.test(head.slice(colon + 1)) && !head.startsWith('[');
}

function isLong(user: string): boolean {
  return user.length >= 12 && /\d/.test(user) && !isMarker(user) && !isPlaceholder(user);
}

/** The public key of a DSN is no secret: it is recognized by its host. */
function isTokenLike(user: string, host: string): boolean {
  return user.length >= 20 && !/^[0-9a-f]{32}$/.test(user) && !/^[\w.-]{0,40}(?:sentry|ingest)/.test(host);
}
