import { FILTERED } from '../../markers/marker.js';

/** After the `@` of an address: its domain, a colon, and a password, as in lists of stolen log-ins. */
const PAIR = /@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[:;|](?=[^\s:"'<>,;|/\\]{6,64}(?=$|[\s"'<>,;|]))/y;
const PASSWORD = /[^\s:"'<>,;|/\\]{6,64}/y;

/** `kim@shop.example:x1y2z3`; not `git@host:owner/repository`, nor a port or a word. */
export function scrubCredentialPairs(text: string): string {
  let out = '';
  let copied = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
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
