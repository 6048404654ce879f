import { FILTERED } from '../../markers/marker.js';
import type { WorkMeter } from '../../limits/work-meter.js';
import { isPlaceholder } from '../../markers/placeholders.js';

/** After the `@` of an address: its domain, a colon, and a password, as in lists of stolen log-ins. */
const PAIR = /@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[:;|](?=[^\s:"'<>,;|/\\]{6,64}(?=$|[\s"'<>,;|]))/y;
const PASSWORD = /[^\s:"'<>,;|/\\]{6,64}/y;

/** Before the `@` of a host with its port, or of a socket: `kim:x1y2z3@db1:5432`, `kim:x@tcp(db1)/shop` of Go's drivers. */
const HOST =
  /@(?:(?:tcp|udp|unix)\d?\([^()\s]{0,200}\)|(?!sha\d{3}:)(?:[A-Za-z\d][\w-]{0,62}(?:\.[\w-]{1,63}){0,8}|\[[\da-fA-F:]{2,39}\]):\d{2,5}(?![\w.:]))/y;
const LOGIN =
  /(?:^|[\s"'`(=,<>[])((?!(?:npm|mailto|sips?|xmpp|https?|git|ssh|file|acct|urn):)[\w.+%-]{1,64}:)([^\s"'`:@/<>()]{3,128})$/;
const BEFORE = 200;
const STEPS_PER_HOST = 3000;

/** The password of a log-in without a scheme. */
function loginBefore(text: string, at: number, work: WorkMeter): { start: number; end: number } | undefined {
  HOST.lastIndex = at;
  if (!HOST.test(text)) return undefined;
  work.charge(STEPS_PER_HOST);
  const found = LOGIN.exec(text.slice(Math.max(0, at - BEFORE), at));
  const value = found?.[2] ?? '';
  return value === '' || value.startsWith('[Filtered') || isPlaceholder(value)
    ? undefined
    : { start: at - value.length, end: at };
}

/** `kim@shop.example:x1y2z3`; not `git@host:owner/repository`, nor a port or a word. */
export function scrubCredentialPairs(text: string, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const login = loginBefore(text, at, work);
    if (login && login.start >= copied) {
      out += text.slice(copied, login.start) + FILTERED;
      copied = login.end;
      continue;
    }
    if (!/[\w.+-]/.test(text.charAt(at - 1))) continue;
    PAIR.lastIndex = at;
    const found = PAIR.exec(text);
    if (!found) continue;
    const start = at + found[0].length;
    PASSWORD.lastIndex = start;
    const password = PASSWORD.exec(text)?.[0] ?? '';
    if (!/[A-Za-z]/.test(password) || !/\d/.test(password) || password.startsWith('[Filtered')) continue;
    out += text.slice(copied, start) + FILTERED;
    copied = start + password.length;
  }
  return copied === 0 ? text : out + text.slice(copied);
}
