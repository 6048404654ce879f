import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED } from '../../markers/marker.js';
import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyRules } from '../../names/key-rules.js';
import { scrubRedisWrites } from './redis-writes.js';

/** What may precede a command in a log of a protocol: a direction, a client's mark, a time. */
const LEAD = '(?:^|[\\r\\n"\'`]|(?:[>C]|-->|=>|>>|>>>|Command|CMD|client|ftp>|C:)[: \\t]{1,3}|\\][: \\t]{1,3})';
const REST = '([^\\s"\'`][^\\r\\n"\'`]{0,400})';
const WORD = '("[^"\\r\\n]{1,200}"|[^\\s"\'`]{1,200})';

/** SMTP, POP3 and IMAP: `AUTH PLAIN x`, `AUTHENTICATE PLAIN x`, and the answers to `334`. */
const SASL =
  /(\bAUTH(?:ENTICATE)?[ \t]{1,3}(?:PLAIN|LOGIN|CRAM-MD5|XOAUTH2|OAUTHBEARER|NTLM|GSSAPI|EXTERNAL|DIGEST-MD5|SCRAM-SHA-\d{1,3}(?:-PLUS)?)[ \t]{1,3}(?:(?:challenge|response|username|password):[ \t]{0,3}["']?)?)(?!(?:challenge|response|username|password)\b)([A-Za-z0-9+/=_-]{4,4000})/g;
const CHALLENGE =
  /((?:^|[\r\n])[^\r\n]{0,80}\b334(?: [A-Za-z0-9+/=]{0,200})?["']?[ \t]{0,3}\r?\n[ \t]{0,4}(?:[^\r\n]{0,80}?(?:\b[CS]\b|\bclient(?:[ \t]->[ \t]server)?|\bsen[dt]|[=>-]>|[>»→])[:\]]?[ \t]{0,3})?["']?)(?!334 |client\b|server\b)([A-Za-z0-9+/]{4,400}={0,2})(?=["']?(?:\s|$))/gi;
/**
 * Debug output of ioredis and node-redis: `auth([ 'x' ])`, `hello([ '3', 'AUTH', 'default', 'x' ])`, `[ 'AUTH', 'x' ]`,
 * `{ name: 'HELLO', args: [ '3', 'AUTH', 'kim', 'x' ] }`.
 */
const REDIS_CALL =
  /((?:\b(?:auth|hello|acl|migrate|config)\(\[|\bname: ['"](?:auth|hello|acl|migrate)['"],\s{0,8}args: \[|\[\s{0,4}["'](?:auth|hello)["'],)\s{0,4})((?:["'][^"'\r\n]{0,200}["'],?\s{0,4}){1,12})(?=\])/gi;
/** Oracle and others without quotes: `IDENTIFIED BY x DEFAULT TABLESPACE users`. */
const IDENTIFIED =
  /((?<![\w] is )\bidentified\s{1,8}(?:with\s{1,8}\w{1,40}\s{1,8})?(?:by|as)\s{1,8}(?:values\s{1,8}|password\s{1,8})?(?!(?:values|password|externally|globally)\b))([^\s"'`;,()<>]{3,128}|(?<=values\s{1,8})['"][^'"]{1,400}['"])((?:\s{1,8}replace\s{1,8}[^\s"'`;,()<>]{3,128})?)/gi;
/** The answer of SASL's PLAIN: a name and a password, each after a NUL; also as it is inspected. */
const PLAIN = /((?:^|[\s"'`])[^\0\s"'`]{0,100}\0[^\0\s"'`]{1,100}\0)([^\0\s"'`]{1,400})(?=$|[\s"'`])/g;
const INSPECTED_PLAIN =
  /(["'`][^\\\s"'`]{0,100}(?:\\x00|\\u0000)[^\\\s"'`]{1,100}(?:\\x00|\\u0000))([^\\\s"'`]{1,400})(?=["'`])/g;
/** `A001 LOGIN kim x`, `. LOGIN kim x`. */
const IMAP = new RegExp(
  `((?:\\b[A-Za-z]{0,4}\\d{1,6}|(?:^|[\\r\\n])\\.)[ \\t]{1,3}LOGIN[ \\t]{1,3}${WORD}[ \\t]{1,3})${WORD}`,
  'gi',
);
/** With the lengths of the words, each in a line of its own: `LOGIN {3}`, `kim {14}`, `x`. */
const IMAP_LITERAL =
  /(\bLOGIN[ \t]{1,3}(?:\{\d{1,4}\+?\}\r?\n)?[^\s{}]{1,200}[ \t]{1,3}\{\d{1,4}\+?\}\r?\n(?:\+[^\r\n]{0,80}\r?\n)?)([^\r\n]{1,400})/gi;
/** `PASS x` of FTP, POP3 and IRC; a test runner prints `PASS src/a.spec.ts`. */
const PASS = new RegExp(`(${LEAD}PASS[ \\t]{1,3})(?![^\\r\\n]{0,200}[\\\\/])${REST}`, 'g');
const SESSION =
  /\b(?:USER|NICK)[ \t]{1,3}\S|\b(?:331|230|530|430|220)[ -]|\+OK\b|-ERR\b|>[ \t]{1,3}PASS\b|\bC: ?PASS\b|Command:/;
const APOP = new RegExp(`(${LEAD}APOP[ \\t]{1,3}\\S{1,100}[ \\t]{1,3})([0-9a-f]{32})`, 'gi');
/** `AUTH x` and `AUTH default x` of Redis, alone or within `HELLO` and `MIGRATE`, and the users of its access lists. */
const REDIS =
  /((?:^|[\r\n"'`]|\bHELLO[ \t]{1,3}\d[ \t]{1,3}|[>:][ \t]{1,3}|\bMIGRATE[ \t][^\r\n]{1,200}?[ \t])"?AUTH2?"?[ \t]{1,3}(?:"?[\w@.-]{1,60}"?[ \t]{1,3}(?=["'`]?[^\s"'`]))?["'`]?)([^\s"'`]{3,400})(?=["'`]?(?:$|[\r\n]|["'`]|[ \t]{1,3}(?:SETNAME|KEYS|COPY|REPLACE)\b))/g;
/** The same as bytes of the Redis protocol (RESP), also escaped: `$4\r\nAUTH\r\n$7\r\ndefault\r\n$6\r\nsecret`. */
const RESP = /(\$4(\r\n|\\r\\n)AUTH\2(?:\$\d{1,3}\2[^\r\n\\]{1,200}\2(?=\$\d))?\$\d{1,3}\2)([^\r\n\\]{1,400})/gi;
/** Fields and values of a hash, as `redis-cli` lists them: `1) "password"`, `2) "x"`. */
const LISTED_FIELD =
  /((?:^|\n)[ \t]{0,8}\d{1,5}\) "([\w:.-]{2,80})"\r?\n[ \t]{0,8}\d{1,5}\) ")([^"\r\n]{1,2000})(?=")/g;
const MAY_LIST = /\d\) "/;
/** Of one form, for each character that it reads. */
const STEPS_PER_PASS = 8;
/** For as many passwords of one user. */
const PASSES = 3;
const MECHANISM =
  /^(?:PLAIN|LOGIN|CRAM-MD5|XOAUTH2|OAUTHBEARER|NTLM|GSSAPI|EXTERNAL|TLS|SSL|none|failed|required|error|ok|success|DIGEST-MD5|SCRAM-SHA-\d+)$/i;
const ACL = /(\bACL[ \t]{1,3}SETUSER[ \t]{1,3}[^\r\n"'`]{0,400}?[ \t][><#!])([^\s"'`]{1,400})/gi;
const CONFIG =
  /((?:\bCONFIG[ \t]{1,3}SET[ \t]{1,3}|^|[\r\n])"?(?:requirepass|masterauth|rootpw|bindpw|sasl_passwd|sasl\.password)"?[ \t]{1,8}(?:--\w{1,20}[ \t]{1,4}){0,3}["']?)([^\s"'`]{1,400})/gi;
/** `BIND dn="cn=app" pw=x` and `simple bind cn=app x`; IRC's services. */
const IDENTIFY =
  /(\b(?:NickServ|NS|ChanServ)\b[^\r\n]{0,20}\bIDENTIFY[ \t]{1,3}(?:\S{1,60}[ \t]{1,3})?)([^\s"'`]{1,200})/gi;
/** `machine host login kim password x` of a `.netrc`; the other order is possible. */
const NETRC =
  /(\bmachine[ \t\r\n]{1,4}\S{1,200}[ \t\r\n]{1,8}(?:login[ \t]{1,8}\S{1,200}[ \t\r\n]{1,8})?password[ \t]{1,8})(\S{1,400})/g;
/** A line of a `.pgpass`: host, port, database, user, password. */
const PGPASS =
  /((?:^|[\r\n])[ \t]{0,4}[\w.*-]{1,200}:(?:\d{4,5}|\*):(?!\d)[^\s:/]{1,80}:[^\s:/]{1,80}:)([^\s:]{4,200})(?=[\r\n]|$)/g;

/** A line of Postfix' `sasl_passwd`: `[smtp.test]:587 kim:x`. */
const RELAY = /(\[[\w.-]{1,200}\]:\d{2,5}[ \t]{1,8}[^\s:]{1,80}:)(\S{3,200})/g;

/** GitHub's `::add-mask::x` and Azure's `##vso[task.setvariable variable=a;issecret=true]x`. */
const MASKED =
  /(::add-mask::(?! (?:is|was|not|has|command)\b)[ \t]{0,4}|##vso\[task\.set(?:variable|secret)[^\]\r\n]{0,200}(?:issecret=true|setsecret)[^\]\r\n]{0,100}\][ \t]{0,4})([^\r\n"']{1,400})/gi;
const MAY_MASK = /::add-mask::|##vso\[task\.set/i;

/** A cheap test for what every form of a protocol contains. */
const MAY_LOG_IN =
  /\0|\\x00|\\u0000|AUTH|334|login|PASS|APOP|identified|auth\(\[|hello\(\[|acl\(\[|config\(\[|migrate\(\[|"auth"|'auth'|'hello'|setuser|requirepass|masterauth|rootpw|bindpw|sasl|identify|machine/i;

/** Lines of a `.pgpass`, and the commands by which a workflow tells its runner a secret. */
export function scrubPasswordFiles(received: string): string {
  const text = received.includes(']:') ? received.replace(RELAY, replaced) : received;
  if (!hasFields(text)) return text;
  const clean = text.replace(PGPASS, (all: string, head: string, value: string) =>
    isMixed(value) ? replaced(all, head, value) : all,
  );
  return MAY_MASK.test(clean) ? clean.replace(MASKED, replaced) : clean;
}

/** The four colons of a line of a `.pgpass`. */
function hasFields(text: string): boolean {
  let at = -1;
  for (let colons = 0; colons < 4; colons++) {
    at = text.indexOf(':', at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** Log-ins in the words of a protocol, without a name next to the secret. */
export function scrubProtocolLogins(text: string, keys: KeyRules, work: WorkMeter): string {
  let out = MAY_LIST.test(text)
    ? text.replace(LISTED_FIELD, (all: string, head: string, name: string, value: string) =>
        keys.of(name).rule === undefined ? all : replaced(all, head, value),
      )
    : text;
  out = scrubRedisWrites(out, keys);
  if (!MAY_LOG_IN.test(out)) return out;
  if (out.includes('AUTH')) {
    out = out.replace(SASL, (all: string, head: string, value: string) =>
      MECHANISM.test(value) ? all : replaced(all, head, value),
    );
    out = out.replace(REDIS, (all: string, head: string, value: string) =>
      MECHANISM.test(value) ? all : replaced(all, head, value),
    );
    out = out.replace(RESP, (_all, head: string) => head + FILTERED);
  }
  if (/\(\[|['"](?:auth|hello|acl|migrate)['"]/i.test(out)) out = out.replace(REDIS_CALL, redisCall);
  if (/identified/i.test(out))
    out = out.replace(IDENTIFIED, (all: string, head: string, value: string, rest: string, at: number) =>
      /\b(?:create|alter|grant|user|role)\b/i.test(out.slice(Math.max(0, at - 200), at))
        ? identified(all, head, value, rest)
        : all,
    );
  out = out.includes('\0') ? out.replace(PLAIN, replaced) : out;
  if (/\\x00|\\u0000/.test(out)) out = out.replace(INSPECTED_PLAIN, replaced);
  if (out.includes('334')) out = out.replace(CHALLENGE, replaced);
  if (/[\d.][ \t]{1,3}login[ \t]/i.test(out))
    out = out.replace(IMAP, (all: string, head: string, _user: string, value: string) => replaced(all, head, value));
  if (out.includes('}') && /login/i.test(out)) out = out.replace(IMAP_LITERAL, replaced);
  if (out.includes('PASS') && SESSION.test(out)) out = out.replace(PASS, replaced);
  if (out.includes('APOP')) out = out.replace(APOP, replaced);
  if (/setuser/i.test(out) && work.chargeForms(out.toLowerCase(), 'setuser', 400, STEPS_PER_PASS * PASSES))
    out = scrubAll(out, ACL);
  if (/requirepass|masterauth|rootpw|bindpw|sasl/i.test(out)) out = out.replace(CONFIG, replaced);
  if (/identify/i.test(out)) out = out.replace(IDENTIFY, replaced);
  if (work.chargeForms(out, 'machine', 1000, STEPS_PER_PASS)) out = out.replace(NETRC, replaced);
  return out;
}

/** The strings of a call after the name of the command; of `CONFIG SET requirepass x`, the last. */
function redisCall(all: string, head: string, list: string): string {
  if (/^config/i.test(head) && !/requirepass|masterauth/i.test(list)) return all;
  if (/^\[\s{0,4}["']hello/i.test(head) && !/auth/i.test(list)) return all; // a list of words
  const from = /^config/i.test(head) ? list.search(/(?<=requirepass|masterauth)["'],/i) + 2 : 0;
  const clean = list
    .slice(from)
    .replace(/(["'])([^"'\r\n]{1,200})\1/g, (word: string, quote: string, value: string) =>
      /^(?:\d|auth|default|setname|setuser|getuser|list|whoami|cat)$/i.test(value) || value.startsWith('[Filtered')
        ? word
        : `${quote}${FILTERED}${quote}`,
    );
  return head + list.slice(0, from) + clean;
}

function identified(all: string, head: string, value: string, rest: string): string {
  if (isPlaceholder(value) || value.startsWith('[Filtered')) return all;
  return (
    head +
    (/^['"]/.test(value) ? `${value.charAt(0)}${FILTERED}${value.charAt(0)}` : FILTERED) +
    rest.replace(/\S+$/, FILTERED)
  );
}

/** A user of Redis may have several passwords: each pass removes the next one. */
function scrubAll(text: string, form: RegExp): string {
  let out = text;
  for (let pass = 0; pass < PASSES; pass++) out = out.replace(form, replaced);
  return out;
}

function isMixed(value: string): boolean {
  return /[A-Za-z]/.test(value) && /[^A-Za-z]/.test(value);
}

function replaced(all: string, head: string, value: string): string {
  const quote = value.charAt(0) === '"' ? '"' : '';
  const bare = value.replace(/^"|"$/g, '');
  return bare.startsWith('[Filtered') || isPlaceholder(bare) ? all : `${head}${quote}${FILTERED}${quote}`;
}
