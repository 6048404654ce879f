import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';

/** Commands that write values, and where these are among the words after the key. */
const WRITE =
  /(?<![\w.:/-])((["']?)(set|setnx|getset|setex|psetex|hset|hmset|hsetnx|mset|msetnx)\2[ \t]{1,2})([^\r\n;]{3,2000})/gi;
/** A command as it is inspected: `{ name: 'hset', args: [ 'user:7', 'token', 'x' ] }`. */
const INSPECTED =
  /(\bname: ['"](set|setnx|getset|setex|psetex|hset|hmset|hsetnx|mset|msetnx)['"],\s{0,8}args: \[\s{0,4})([^[\]]{3,2000})(?=\])/gi;
/** A cheap test for them, and one that is less cheap: the beginning of a key follows, or the command is one of Redis only. */
const MAY_SET = /set(?:ex|nx)?(?:["']?[ \t]|['"],)/i;
const MAY_WRITE =
  /\b(?:P?SETEX|SETNX|GETSET|HM?SET(?:NX)?|MSET(?:NX)?)\b|\bset["']?[ \t]{1,2}["']?[\w-]{1,60}[:._]|name: ['"]\w{0,4}set\w{0,2}['"],\s{0,8}args/i;
const WORD = /"(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}'|[^\s"']+/g;
const OPTION = /^(?:EX|PX|EXAT|PXAT|NX|XX|KEEPTTL|GET)$/i;
const SESSION_KEY = /(?:^|[:._-])sess(?:ion)?s?(?:[:._-]|$)/i;
/** Of SQL and of sentences: `SET token = 1`, `set password to x`, `SET PASSWORD FOR kim`. */
const NO_VALUE = /^(?:=|:?=.*|to|for|by|as|is|in|on|of|at|the|a|an|and|or|policy|with|default)$/i;
const MAX_WORDS = 200;
const STORED_HEAD = /^\S{1,250} \d{1,10} -?\d{1,10} \d{1,8}(?: \d{1,20})?(?: noreply)?(?:$|\\r)/;
/** The same of memcached, whose value is in the next line: `set reset_token:7 0 900 20\r\nx`. */
const STORED =
  /(\b(?:set|add|replace|cas) (\S{1,250}) \d{1,10} -?\d{1,10} \d{1,8}(?: \d{1,20})?(?: noreply)?(?:\r?\n|\\r\\n))([^\r\n\\]{1,4000})/g;

/** `SETEX reset:kim 900 x`: the value under a key that is named after a secret, and the fields of a hash by their names. */
export function scrubRedisWrites(text: string, keys: KeyRules): string {
  if (!MAY_SET.test(text) || !MAY_WRITE.test(text)) return text;
  const stored = text.replace(STORED, (all: string, head: string, key: string, value: string) =>
    namesSecret(key, keys) && !isKept(value) ? head + FILTERED : all,
  );
  const inspected = stored.replace(INSPECTED, (all: string, head: string, command: string, list: string) => {
    const clean = cleanWords(list, command, keys);
    return clean === list ? all : head + clean;
  });
  return inspected.replace(WRITE, (all: string, head: string, _quote: string, command: string, rest: string) => {
    if (STORED_HEAD.test(rest)) return all;
    const clean = cleanWords(rest, command, keys);
    return clean === rest ? all : head + clean;
  });
}

function cleanWords(rest: string, received: string, keys: KeyRules): string {
  const command = received.toLowerCase();
  const isUpper = received === received.toUpperCase();
  let at = -1;
  let key = '';
  let secret = false;
  let ended = false;
  return rest.replace(WORD, (word: string) => {
    if (word === ',') return word;
    at++;
    if (ended || at > MAX_WORDS) return word;
    const quote = /^["']/.test(word) ? word.charAt(0) : '';
    const bare = quote ? word.slice(1, -1) : word;
    if (isName(command, at)) {
      key = bare;
      secret = namesSecret(bare, keys) && (isUpper || quote !== '' || /:./.test(bare));
      return word;
    }
    if (at === 1 && NO_VALUE.test(bare)) ended = true;
    if (OPTION.test(bare) && command === 'set') ended = true;
    const named = command.startsWith('h') ? secret || namesSecret(key, keys) : secret;
    if (ended || !isValue(command, at) || !named || isKept(bare)) return word;
    return quote + FILTERED + quote;
  });
}

/** Whether the word here is a key, or the field of a hash. */
function isName(command: string, at: number): boolean {
  if (at === 0) return true;
  return command.startsWith('m') ? at % 2 === 0 : command.startsWith('h') && at % 2 === 1;
}

function isValue(command: string, at: number): boolean {
  if (command.endsWith('setex')) return at === 2;
  if (/^(?:set|setnx|getset)$/.test(command)) return at === 1;
  return true;
}

/** Whether this is the key of an entry that holds a secret: `session:token:kim`. */
export function namesSecret(name: string, keys: KeyRules): boolean {
  return (
    keys.of(name).rule !== undefined ||
    SESSION_KEY.test(name) ||
    (name.includes(':') && name.split(':', 8).some((part) => keys.of(part).rule !== undefined))
  );
}

function isKept(value: string): boolean {
  return value === '' || value.startsWith('[Filtered') || isPlaceholder(value);
}
