/** Names that are ordinary words or leave open what they mean, and whose values are secrets where they look random. */

/** At least six characters with a letter and a digit: a boarding pass or the pass of a renderer is a word or a number. */
const MIXED = /^(?=[^\d]{0,200}\d)(?=[^A-Za-z]{0,200}[A-Za-z])[^\s:/]{6,400}$/;
/** Long, with letters of both cases and digits; not the path or the name of an entry, as of a cache. */
const RANDOM = /^(?=[^\d]{0,200}\d)(?=[^a-z]{0,200}[a-z])(?=[^A-Z]{0,200}[A-Z])[\w+=~!@#$%^&*-]{12,400}$/;

/** Last words of several: `nas_pass`, `HASHIDS_SALT`, `STRIPE_SK`. */
const PASSES: ReadonlySet<string> = new Set(['pass', 'pw', 'salt', 'sk']);
/** `key` in other languages: also that of a table or of an entry. German and Dutch join it to the word before. */
const FOREIGN_KEY =
  /(?:schlussel|schluessel|sleutel|nyckel|nokkel|nogle)$|^(?:avain|klucz|kulcs|anahtar|anahtari|llave|clave|chave|chiave|cle|kunci|kljuc|klic|ключ|clau)$/;
/** Whose `key` may be one that opens something. */
const OWNERS: ReadonlySet<string> = new Set(
  (
    'gateway partner merchant storefront maps map data kms node device machine agent bot hub relay broker stream push notification sms mail smtp payment pay payments ' +
    'billing checkout project team org organization workspace site company vendor provider upstream backend internal external network cluster worker job runner cron ' +
    'crm erp cms cdn dns ai llm model search analytics tracking telemetry metrics logging monitoring plugin module extension host user tenant customer backup restore rescue thing redis nonce db database spend signer view'
  ).split(' '),
);

/** Whose ticket opens something; that of a help desk has a number. */
const TICKET_OWNERS: ReadonlySet<string> = new Set(
  'service session auth login sso cas kerberos proxy granting'.split(' '),
);

/** The protocols that a browser offers for a socket, the only header in which it can send a token. */
const PROTOCOLS =
  /(?:bearer|token|auth\w{0,12}|jwt)[.,][\s,.]{0,4}\S{6,}|(?=[^\s,]{0,400}\d)(?=[^\s,]{0,400}[A-Z])[\w.~+/=-]{20,}/;

/** What a secret under this name looks like; undefined if the name says nothing of the kind. */
export function randomForm(words: readonly string[]): RegExp | undefined {
  const last = words[words.length - 1] ?? '';
  if (last === 'protocol' && words.join(' ') === 'sec websocket protocol') return PROTOCOLS;
  if (words.length > 1 && PASSES.has(last)) return MIXED;
  if (words.length > 1 && last === 'key' && OWNERS.has(words[words.length - 2] ?? '')) return RANDOM;
  if (words.length > 1 && last === 'ticket' && TICKET_OWNERS.has(words[words.length - 2] ?? '')) return RANDOM;
  return words.some((word) => FOREIGN_KEY.test(word)) ? RANDOM : undefined;
}
