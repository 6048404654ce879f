import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** Domain, subdomains, path, secure, time of expiry, name, value: a line of Netscape's file of cookies, as curl writes it. */
const LINE =
  /((?:^|[\r\n])(?:#HttpOnly_)?[\w.-]{1,200}\t(?:TRUE|FALSE)\t[^\t\r\n]{1,200}\t(?:TRUE|FALSE)\t\d{1,12}\t([^\t\r\n]{1,100})\t)(?!\[Filtered)([^\t\r\n]{1,4000})/g;
const MAY_LIST = /\t(?:TRUE|FALSE)\t/;

/** Sessions in files of cookies, whose fields are separated by tabs. */
export function scrubCookieFiles(text: string, keys: KeyRules): string {
  if (!MAY_LIST.test(text)) return text;
  return text.replace(LINE, (all: string, head: string, name: string) =>
    keys.of(name).cookieRule === undefined ? all : head + FILTERED,
  );
}
