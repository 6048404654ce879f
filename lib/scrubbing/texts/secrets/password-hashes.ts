import { marker } from '../../markers/marker.js';

/** Password hashes, by the forms of crypt(5), PHC, Django, Werkzeug, PostgreSQL, MySQL and LDAP. */
const HASHES = new RegExp(
  [
    '\\$2[abxy]?\\$\\d\\d\\$[./A-Za-z0-9]{53}',
    '\\$argon2(?:id|i|d)\\$v=\\d{1,3}\\$[\\w=,]{1,60}\\$[A-Za-z0-9+/]{8,100}(?:\\$[A-Za-z0-9+/]{16,200})?',
    '\\$(?:pbkdf2(?:-sha\\d{1,3})?|scrypt|bcrypt-sha256)\\$[\\w=,]{1,60}\\$[./A-Za-z0-9+]{4,100}(?:\\$[./A-Za-z0-9+]{10,200})?={0,2}',
    '\\$(?:1|5|6|7|8|9|y|gy|md5|apr1|sha1|P|H|S)\\$[./A-Za-z0-9=$,]{8,200}',
    '(?:pbkdf2_sha\\d{1,3}|bcrypt_sha256|argon2|scrypt|sha1|md5|bcrypt)\\$[./A-Za-z0-9+=$,:]{20,300}',
    '(?:scrypt|pbkdf2):[\\w:]{1,40}\\$[A-Za-z0-9]{6,40}\\$[0-9a-f]{40,160}',
    'grub\\.pbkdf2\\.sha512\\.\\d{1,7}\\.[0-9A-Fa-f]{16,300}\\.[0-9A-Fa-f]{16,300}',
    '\\$krb5(?:asrep|tgs|pa)\\$\\d{1,2}\\$[\\w.@:*/$-]{40,8000}',
    '\\$DCC2\\$\\d{1,7}#[^\\s#]{1,80}#[0-9a-f]{32}',
    'SCRAM-SHA-(?:1|256)\\$\\d{3,7}:[A-Za-z0-9+/=]{8,100}\\$[A-Za-z0-9+/=]{20,100}:[A-Za-z0-9+/=]{20,100}',
  ].join('|'),
  'g',
);
const LDAP = /\{(?:S?SHA(?:256|384|512)?|SMD5|MD5|CRYPT|PBKDF2[\w-]{0,12})\}[./A-Za-z0-9+=$]{16,200}/gi;
/** A password behind the name of its encoding, in files of Dovecot and of Spring: `{PLAIN}x`, `{noop}x`. */
const TAGGED =
  /(\{(?:PLAIN|CLEAR(?:TEXT)?|noop|bcrypt|argon2|scrypt|pbkdf2|sha256|(?:SHA(?:256|512)|BLF|MD5|DES)-CRYPT|ARGON2ID?)\})(?!\[Filtered|[\s{$])[^\s"',:;<>{}]{3,200}/g;
/** The hash of a user in MySQL, and of two in a dump of Windows accounts. */
const MYSQL = /(?<![\w*])\*[0-9A-F]{40}(?!\w)/g;
/** Of a role in PostgreSQL: MD5 of the password and the role's name (pg_authid). */
const POSTGRES = /(?<![\w/.-])md5[0-9a-f]{32}(?![\w.-])/g;
/** The answer to a challenge of NTLM: user, domain, challenge, answer. */
const NTLM = /(?<=[\w.$-]{1,60}::[\w.-]{0,60}:)[0-9a-f]{16}:[0-9a-f]{32}:[0-9a-f]{32,2000}/gi;
const WINDOWS = /(?<=:\d{1,10}:)[0-9a-f]{32}:[0-9a-f]{32}(?=:)/gi;

export function scrubPasswordHashes(text: string): string {
  let out = text.includes('$') || text.includes('grub.') ? text.replace(HASHES, marker('hash')) : text;
  if (out.includes('{'))
    out = out.replace(LDAP, marker('hash')).replace(TAGGED, (_all, tag: string) => tag + marker('hash'));
  if (out.includes('*')) out = out.replace(MYSQL, marker('hash'));
  if (out.includes('md5')) out = out.replace(POSTGRES, marker('hash'));
  if (out.includes('::')) out = out.replace(NTLM, marker('hash'));
  return out.includes(':::') ? out.replace(WINDOWS, marker('hash')) : out;
}
