import { wordsOf } from './key-words.js';

const PLAIN = '(?:[A-Za-z]*\\d{0,2}[ ._/-]){0,12}[A-Za-z]+\\d{0,2}';
const ADDRESS = /^(?:[a-z][a-z\d+.-]{0,20}:\/\/|\/|[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}(?::\d{1,5})?(?:\/|$))/i;
const CONTRACT = /^0x[\da-f]{40}$/i;
const FILE = /^[^\s]{0,400}(?:[/\\][^\s]{1,200}|\.[a-z]{1,5})$/i;
const TITLE = new RegExp(`^${PLAIN}$`);
const KIND = /^[A-Za-z][A-Za-z_+-]{0,24}\d{0,3}$/;
const SYMBOL = /^\$?[A-Z][A-Z\d.]{1,9}$/;
const VERSION = /^v?\d{1,5}(?:\.\d{1,5}){0,3}$/;
const FLAG = /^(?:0|1|on|off|yes|no|true|false|always|never)$/i;
const TIME = /^(?:\d{4}-\d\d-\d\d\S{0,20}|\d{10}(?:\d{3})?|\d{1,6} ?(?:ms|s|m|h|d|min|minutes|hours|days)?)$/;
const SCOPES = /^[a-z][\w:.*/-]{0,40}(?:[ ,][a-z][\w:.*/-]{0,40}){0,30}$/;
const ARN = /^arn:[\w-]{2,12}:/;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_.-]{0,40}$/;
/** Several words of letters: a sentence, not a password. */
const SENTENCE = /^[\p{L}"'`][\p{L}"'`-]*(?:[ ,;:]{1,2}[\p{L}\d"'`()<>=-]{1,24}){2,40}[.!?]?$/u;

/** Formats of values that describe a secret, by the last word of their name. */
const FORM_OF: Readonly<Record<string, RegExp>> = {
  url: ADDRESS,
  uri: ADDRESS,
  endpoint: ADDRESS,
  host: ADDRESS,
  issuer: ADDRESS,
  audience: ADDRESS,
  address: CONTRACT,
  contract: CONTRACT,
  file: FILE,
  filename: FILE,
  path: FILE,
  name: TITLE,
  type: KIND,
  method: KIND,
  mode: KIND,
  scheme: KIND,
  strategy: KIND,
  provider: KIND,
  flow: KIND,
  algorithm: KIND,
  alg: KIND,
  status: KIND,
  state: KIND,
  result: KIND,
  strength: KIND,
  policy: KIND,
  level: KIND,
  store: KIND,
  helper: KIND,
  backend: KIND,
  engine: KIND,
  source: KIND,
  format: KIND,
  encoding: KIND,
  driver: KIND,
  plugin: KIND,
  enabled: FLAG,
  disabled: FLAG,
  required: FLAG,
  encryption: KIND,
  standard: /^(?:erc|bep|trc|spl)-?\d{0,5}$/i,
  symbol: SYMBOL,
  ticker: SYMBOL,
  version: VERSION,
  expires: TIME,
  expiry: TIME,
  expiration: TIME,
  at: TIME,
  in: TIME,
  date: TIME,
  time: TIME,
  timestamp: TIME,
  reset: TIME,
  change: TIME,
  changed: TIME,
  rotation: TIME,
  rotated: TIME,
  refresh: TIME,
  refreshed: TIME,
  created: TIME,
  updated: TIME,
  issued: TIME,
  used: TIME,
  scope: SCOPES,
  scopes: SCOPES,
  arn: ARN,
  field: IDENTIFIER,
  header: IDENTIFIER,
  column: IDENTIFIER,
  table: IDENTIFIER,
  property: IDENTIFIER,
  attribute: IDENTIFIER,
  parameter: IDENTIFIER,
};

/** A first word that makes the name a statement about the secret: `isStrongPassword: 'password is not strong enough'`. */
const STATEMENTS: ReadonlySet<string> = new Set(
  'is has matches contains min max should must needs can invalid missing'.split(' '),
);

/**
 * `token_type`, `tokenUrl`, `secretName`, `password_file`: the name mentions a secret, but a value in the format that the
 * last word promises is not one. Only such a value is kept; the rules on texts still apply to it.
 */
export function descriptiveForm(words: readonly string[]): RegExp | undefined {
  if (words.length < 2 || words[words.length - 2] === 'maiden') return undefined;
  return FORM_OF[words[words.length - 1] ?? ''] ?? (STATEMENTS.has(words[0] ?? '') ? SENTENCE : undefined);
}

const HELD: ReadonlySet<string> = new Set(
  'type method mode scheme strategy provider flow algorithm status expires expiry expiration at date'.split(' '),
);

/** The same for an entry of an object about a session or authentication: `{ auth: { type: 'jwt' } }`. */
export function describesAuth(key: string, value: string): boolean {
  const last = wordsOf(key).at(-1);
  return last !== undefined && HELD.has(last) && FORM_OF[last]?.test(value) === true;
}
