import type { Form } from './descriptive-forms.js';
import * as forms from './descriptive-forms.js';
import { wordsOf } from './key-words.js';

/** Forms of values that describe a secret, by the last word of their name. */
const FORM_OF: ReadonlyMap<string, Form> = byWord([
  [forms.ADDRESS, 'url uri endpoint redirect'],
  [forms.HOST, 'host hostname server origin audience issuer domain'],
  [forms.CONTRACT, 'address contract'],
  [forms.FILE, 'file filename path dir directory folder logo icon image'],
  [forms.TITLE, 'name'],
  [
    forms.KIND,
    'type method mode scheme strategy protocol provider providers flow family language lang locale algorithm alg status state result strength policy level store helper backend ' +
      'engine source format encoding driver plugin encryption service module guard handler controller middleware interceptor ' +
      'resolver adapter library kind use usage class category role region environment stage phase step action event operation ' +
      'location transport platform channel purpose realm tenant grant validity manager owner by bucket user username decision outcome effect mgmt',
  ],
  [forms.CHECK, 'check checked verified validation match'],
  [forms.FLAG, 'enabled disabled required exists present valid'],
  [forms.STANDARD, 'standard'],
  [forms.SYMBOL, 'symbol ticker'],
  [forms.VERSION, 'version'],
  [
    forms.EVENT,
    'at date time timestamp reset change changed rotation rotated refresh refreshed created updated issued used',
  ],
  [forms.ENDED, 'expired'],
  [forms.TIME, 'expires expiry expiration in ttl lifetime age'],
  [
    forms.AMOUNT,
    'port timeout latency ms seconds minutes hours days duration delay interval offset line column col position index start end ' +
      'length size count attempts failures retries limit score rounds iterations ratio rate percent',
  ],
  [
    forms.SCOPES,
    'scope scopes roles permissions grants audiences types methods schemes strategies algorithms channels',
  ],
  [forms.KIND, 'supported'],
  [forms.ARN, 'arn'],
  [forms.IDENTIFIER, 'field header column table property attribute parameter'],
  [forms.ID, 'id ids uuid uid subject'],
  [forms.REFERENCE, 'ref reference refs'],
  [forms.HEAD, 'prefix'],
  [forms.TAIL, 'suffix last tail'],
  [forms.FINGERPRINT, 'fingerprint thumbprint'],
  [forms.PATTERN, 'pattern regex regexp'],
  [
    forms.MESSAGE,
    'message messages error errors warning warnings reason label placeholder title hint help tooltip caption description instructions ' +
      'requirements rule rules note',
  ],
]);
/** Whose `id` opens something: Vault's `secret_id`, a session; AWS' access key ids go with their secrets. */
const OPENING_IDS: ReadonlySet<string> = new Set('secret session sess auth'.split(' '));
/** What a code is that is no secret: `authErrorCode`, `tokenStatusCode`. */
const CODES: ReadonlySet<string> = new Set('error status response result exit reason failure http'.split(' '));
/** Names of values of digits, and of values that may be any words. */
const OF_DIGITS: ReadonlySet<string> = new Set('pin otp totp cvv cvc cvv2 cvc2 passcode code'.split(' '));
const OF_WORDS: ReadonlySet<string> = new Set('password pass pwd pin otp passcode passphrase'.split(' '));
/** A first word that makes the name a statement about the secret: `isStrongPassword: 'password is not strong enough'`. */
const STATEMENTS: ReadonlySet<string> = new Set(
  'is has matches contains min max should must needs can invalid missing'.split(' '),
);
/** A whole name that also says how something is done: `fetch(url, { credentials: 'include' })`. */
const WHOLE: ReadonlyMap<string, Form> = new Map([
  ['credentials', forms.FETCH_MODE],
  ['authentication', forms.WORD],
  ['pwd', forms.DIRECTORY],
  ['oldpwd', forms.DIRECTORY],
  ['pin', forms.CONTACT],
  ['pins', forms.CONTACT],
]);
const MAX_ELEMENTS = 50;
/** A longer value is not only a description. */
const MAX_LENGTH = 1000;

function byWord(rows: readonly (readonly [form: Form, words: string])[]): ReadonlyMap<string, Form> {
  return new Map(rows.flatMap(([form, words]) => words.split(' ').map((word) => [word, form] as const)));
}

/**
 * `token_type`, `tokenUrl`, `secretName`, `passwordChangedAt`: the name mentions a secret, but a value in the form that
 * the last word promises is not one. Only such a value is kept; the rules on texts still apply to it.
 */
export function descriptiveForm(words: readonly string[]): Form | undefined {
  const last = words[words.length - 1] ?? '';
  if (words.length < 2) return WHOLE.get(last);
  const before = words[words.length - 2] ?? '';
  if (before === 'maiden') return undefined;
  if (last === 'id' && OPENING_IDS.has(before)) return before === 'secret' ? forms.REFERENCE : undefined;
  if (last === 'id' && before === 'key' && words[words.length - 3] === 'access') return undefined;
  if (last === 'key' && (before === 'gpg' || before === 'pgp')) return forms.GPG_ID;
  if (last === 'code' && CODES.has(before)) return forms.CODE;
  if (last === 'hint' && before === 'type') return forms.KIND;
  const form = FORM_OF.get(last) ?? (STATEMENTS.has(words[0] ?? '') ? forms.SENTENCE : undefined);
  if (form === undefined || (form === forms.ID && words.includes('session'))) return undefined;
  if (form === forms.HEAD && words.some((word) => OF_WORDS.has(word))) return undefined;
  return form !== forms.AMOUNT && words.some((word) => OF_DIGITS.has(word)) ? forms.ofDigits(form) : form;
}

/** Whether a value, or every element of a list, only describes the secret that its name mentions. */
export function describes(form: Form | undefined, value: unknown): boolean {
  if (form === undefined) return false;
  if (typeof value === 'string') return value.length <= MAX_LENGTH && form.test(value);
  if (typeof value === 'number') return form.test(String(value));
  return (
    Array.isArray(value) &&
    value.length <= MAX_ELEMENTS &&
    (value as unknown[]).every(
      (part) => typeof part === 'boolean' || part === null || (!Array.isArray(part) && describes(form, part)),
    )
  );
}

const HELD: ReadonlySet<string> = new Set(
  (
    'type method methods mode scheme schemes strategy strategies provider flow algorithm status expires expiry expiration at date host hostname port timeout service ' +
    'ttl enabled required scope scopes url issuer audience retries interval policy decision outcome effect reason result state channel channels'
  ).split(' '),
);

/** The same for an entry of an object about a session or authentication: `{ auth: { type: 'jwt' } }`. */
export function describesAuth(key: string, value: unknown): boolean {
  const last = wordsOf(key).at(-1);
  return last !== undefined && HELD.has(last) && describes(FORM_OF.get(last), value);
}

/** Of members that count. */
const MORE_FORMS: ReadonlyMap<string, Form> = byWord([
  [forms.NUMBER, 'min max minimum maximum cost memory parallelism exp iat nbf bits width'],
  [forms.FLAG, 'set optional nullable active expired locked'],
]);
/** Not told from a secret without its name. */
const VAGUE: ReadonlySet<string> = new Set(
  'id ids uuid uid subject name ref reference refs prefix suffix last tail fingerprint thumbprint user username owner by use'.split(
    ' ',
  ),
);
const MAX_MEMBERS = 32;

/** An object all of whose members describe it: `{ token: { type: 'access', expiresIn: 900 } }`. */
export function isDescription(value: object, left = { count: MAX_MEMBERS }): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) {
    if (left.count-- === 0) return false;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'boolean' || member === null) continue;
    if (typeof member === 'object' && !Array.isArray(member)) {
      if (!isDescription(member, left)) return false;
      continue;
    }
    const last = wordsOf(key.slice(0, 64)).at(-1) ?? '';
    if (VAGUE.has(last) || !describes(FORM_OF.get(last) ?? MORE_FORMS.get(last), member)) return false;
  }
  return true;
}
