import { isPlaceholder } from '../../markers/placeholders.js';
import type { KeyFacts } from '../../names/key-facts.js';
import { TECHNICAL } from '../assignments/mixed-values.js';

/** What a group of a form matches; together, the groups are the whole match. */
type Role = 'name' | 'value' | 'text';

export interface StatedForm {
  /** One of the sentences that the form is for, with a secret in it. */
  readonly example: string;
  /** A cheap test for a text that may contain such a sentence. */
  readonly hint: RegExp;
  readonly form: RegExp;
  readonly roles: readonly Role[];
  /** Whether a value of a secret's name is one; a form without a name asks what is near instead. */
  readonly isSecret: (value: string, facts: KeyFacts | undefined) => boolean;
  /** Whether the rest of the sentence says what the form expects of it. */
  readonly fits?: (gap: string, before: string) => boolean;
}

const NAME = '[\\p{L}_$][\\p{L}\\w.$[\\]-]{1,80}';
const QUOTED = '"[^"\\r\\n]{1,400}"|\'[^\'\\r\\n]{1,400}\'|`[^`\\r\\n]{1,400}`';
const WORD = '[^\\s"\'`,;()]{3,200}';
const VERB = /\b(?:chang|updat|modif|rotat|replac|reset|set|alter|switch)\w{0,4}\b/i;
const CHANGES = '(?:changed|updated|modified|rotated|replaced|reset|set|altered|switched)';

/** What has become of a secret that a message then shows. */
const FATE =
  '(?:provided|supplied|given|received|entered|sent|used|submitted|presented|passed|specified|found|valid|recogni[sz]ed|accepted|rejected|expired|revoked|invalid|denied|unknown|known|leaked|compromised|malformed|corrupt(?:ed)?|incorrect|wrong|blacklisted|disabled|unauthori[sz]ed)';

export const STATED_FORMS: readonly StatedForm[] = [
  {
    example: 'Path `password` (`$`, length 14) is longer than the maximum allowed length (4).',
    hint: /\(["'`]/,
    form: new RegExp(`(?<=["'\`]|\\s|^)(${NAME})(["'\`]\\s?\\(|\\s\\()(${QUOTED})(?=\\)|, length )`, 'gu'),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) => isValue(value) && bare(value) !== facts?.name,
  },
  {
    example: 'Path `secretWord` is invalid ($).',
    hint: / is invalid \(/,
    form: new RegExp(`(?<=["'\`])(${NAME})(["'\`] is invalid \\()([^()\\s]{1,400})(?=\\))`, 'gu'),
    roles: ['name', 'text', 'value'],
    isSecret: isValue,
  },
  {
    example: "'$' is not a valid password",
    hint: / is (?:not |an? (?:invalid|weak|wrong|bad|common|compromised|leaked) |too )/,
    form: new RegExp(
      `(${QUOTED})( is (?:not (?:an? )?(?:valid|allowed|acceptable|correct|strong enough)|an? (?:invalid|weak|wrong|bad|common|compromised|leaked)|too (?:short|long|weak) for)(?: enum)?(?: value)?(?: for)?(?: (?:an?|the|field|property|path|key|column|attribute|parameter|option))? ["'\`]?)([\\p{L}][\\p{L}\\w.-]{1,40}(?: [\\p{L}\\w.-]{1,20}){0,2})`,
      'gu',
    ),
    roles: ['value', 'text', 'name'],
    isSecret: (value, facts) =>
      isValue(value) && !facts?.descriptive?.test(value.slice(1, -1)) && /[^A-Za-z_]/.test(value.slice(1, -1)),
  },
  {
    example: "password changed from '$' to '$'",
    hint: /\bfrom:?\s/,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(?!(?:field|column|attribute|property|setting|variable|parameter|option|value)\\b)(${NAME}(?: key| code)?)(["'\`]?(?:\\s(?:(?:for|of)\\s\\S{1,60}|["'\`][\\w./-]{1,60}["'\`]))?\\s(?:(?:was|were|is|has been|have been|got)\\s)?(?:${CHANGES}\\s)?from:?\\s)(${QUOTED}|${WORD})(\\s(?:to|by|with):?\\s)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
    fits: (gap, before) => VERB.test(gap) || VERB.test(before),
  },
  {
    example: 'secret rotated: old=$ new=$',
    hint: /\b(?:old|previous|prev|before|from|was)(?: value)?\s?[:=]/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])([\\p{L}_$][\\p{L}\\w.$-]{1,60})(\\s(?:was\\s|has been\\s)?${CHANGES}\\b[^\\r\\n"'\`=]{0,40}?\\b(?:old|previous|prev|before|from|was)(?: value)?\\s?[:=]\\s?)(${QUOTED}|${WORD})(,?\\s{1,2}(?:new|current|after|to|now)(?: value)?\\s?[:=]\\s?)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'mailer.setPassword("$")',
    hint: /\(\s{0,4}["'`]/,
    form: /(?<![\w$])((?:[\w$]{1,40}\.){0,3}_?(?:set|with|use|update|save|store|put|add|change|reset|encrypt|hash|verify|check|validate|compare|match|decode|revoke|register)_?[A-Za-z_]{2,40})(\(\s{0,4}(?:["'`][^"'`\r\n]{0,200}["'`],\s{0,4}){0,3}["'`])([^"'`\s]{6,400})(?=["'`]\s{0,4}[,)])/g,
    roles: ['name', 'text', 'value'],
    isSecret: isRandom,
  },
  {
    example: 'Client.builder().secretWord("$").build()',
    hint: /\(\s{0,4}["'`]/,
    form: /(?<![\w$])((?:[\w$]{1,40}\.){0,3}(?!(?:get|find|fetch|load|read|has|is|list|resolve|lookup|query|import|require|use|inject|on)[A-Z_])[A-Za-z_]\w{2,40})(\(\s{0,4}["'`])([^"'`\s]{6,400})(?=["'`]\s{0,4}\))/g,
    roles: ['name', 'text', 'value'],
    isSecret: isRandom,
  },
  {
    example: 'Expected a number for password but received $',
    hint: /(?:value|got|received|actual|but was)(?::|=|\sis)?\s/i,
    form: /(\b(?:rejected value|invalid value|actual value|value|got|received|actual|but was)(?::|=|\sis)?\s{1,2})((?=[^\s"'`,;()[\]{}<>]{0,60}\d)(?=[^\s"'`,;()[\]{}<>]{0,60}[A-Za-z])[^\s"'`,;()[\]{}<>]{6,200})(?=$|[\s,;)])/gi,
    roles: ['text', 'value'],
    isSecret: (value) => isValue(value) && !TECHNICAL.test(value),
  },
  {
    example: 'Path `secretWord` ($) is less than minimum allowed value (9).',
    hint: /\) is (?:less|more|greater|before|after|not) /,
    form: new RegExp(
      `(?<=["'\`]|\\s|^)(${NAME})(["'\`]?\\s\\()([^()\\s]{1,400})(?=\\) is (?:less|more|greater|before|after|not) )`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: isValue,
  },
  {
    example: 'Incorrect secret provided: $',
    hint: new RegExp(`:\\s(?<=\\s${FATE}(?:\\sas)?\\s?:\\s)`, 'i'), // read backwards, only from a colon
    form: new RegExp(
      `(?<![\\p{L}\\w.-])((?:[\\p{L}\\w-]{2,20}[ _-])?(?:keys?|codes?|phrase)|${NAME})(["'\`]?\\s(?:(?:you|we|was|were|is|has|been|that|not)\\s){0,3}${FATE}(?:\\sas)?\\s?:\\s{1,2})(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) =>
      (isRandom(bare(value)) || isCode(bare(value), facts)) &&
      !isKeyId(bare(value), facts) &&
      facts?.descriptive?.test(bare(value)) !== true,
  },
  {
    example: 'the secret you are using ($) was revoked',
    hint: /\s\([^()\s]{6,200}\)(?<=\s(?:using|use|used|provided|supplied|given|received|entered|sent|submitted|presented|specified)\s\([^()\s]{6,200}\))/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])((?:[\\p{L}\\w-]{2,20}[ _-])?(?:keys?|codes?|phrase)|${NAME})(\\s(?:(?:you|we|they|that|was|were|is|are|has|have|been|currently)\\s){0,4}(?:using|in use|used|provided|supplied|given|received|entered|sent|submitted|presented|specified)\\s\\()([^()\\s]{6,200})(?=\\))`,
      'giu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) => isRandom(value) && facts?.descriptive?.test(value) !== true,
  },
  {
    example: 'A temporary secret is generated for root@localhost: $',
    hint: /: (?<=(?:generated|created|set|reset|assigned|issued|changed) (?:for|to|as|of|on) \S{1,80}: )/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(\\s(?:(?:is|was|has been)\\s)?(?:\\w{2,14}ly\\s)?(?:generated|created|set|reset|assigned|issued|changed)\\s(?:for|to|as|of|on)\\s[^\\s:]{1,80}:\\s{1,4})(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) => isRandom(bare(value)) && facts?.descriptive?.test(bare(value)) !== true,
  },
  {
    example: 'Please use the following secret to proceed to installation:\n\n$\n',
    hint: /:[ \t]{0,4}\r?\n\s{0,8}\S{6}/,
    form: new RegExp(
      `(\\b(?:following|initial|generated|new|temporary|default|this)\\s)(${NAME})(\\b[^:=\\r\\n]{0,60}:[ \\t]{0,4}\\r?\\n\\s{0,8})([^\\s"'\`,;()]{6,200})(?=\\s*?(?:[\\r\\n]|$))`,
      'giu',
    ),
    roles: ['text', 'name', 'text', 'value'],
    isSecret: isRandom,
  },
  {
    example: 'Secret (since debug is enabled): $',
    hint: /\): (?<= \([^()\r\n]{1,60}\): )/,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME}(?: key| code)?)(\\s\\([^()\\r\\n]{1,60}\\):\\s{1,4})(${QUOTED}|${WORD})`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) => isRandom(bare(value)) && facts?.descriptive?.test(bare(value)) !== true,
  },
  {
    example: 'Password for the elastic user (reset with `bin/reset`):\n  $',
    hint: /\):[ \t]{0,4}\r?\n\s{0,8}\S{6}/,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(\\s(?:for|of)\\s(?:the\\s)?[\\w@.[\\]-]{1,60}(?:\\s(?:user|account))?\\s\\([^()\\r\\n]{1,100}\\):[ \\t]{0,4}\\r?\\n\\s{0,8})([^\\s"'\`,;()]{6,200})(?=\\s*?(?:[\\r\\n]|$))`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: isRandom,
  },
  {
    example: 'New value: $\nPassword for the [elastic] user successfully reset.',
    hint: /\bvalue: (?=\S{6,200}\s{1,4}\S{3,20} for )/i,
    form: new RegExp(`(\\b[nN]ew value: )(\\S{6,200})(\\s{1,4})(${NAME})(?= for (?:the |user )?[\\w[@.-])`, 'gu'),
    roles: ['text', 'value', 'text', 'name'],
    isSecret: isRandom,
  },
  {
    example: 'the secret, $, leaked',
    hint: /, (?=[^\s,]{6,200}, (?:was|has|is|leaked|expired|got|which|that)\b)/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(, )(${QUOTED}|[^\\s"'\`,;()]{6,200})(?=, (?:was|has|is|leaked|expired|got|which|that)\\b)`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value) => isRandom(bare(value)),
  },
  {
    example: 'PASSWORD elastic = $',
    hint: / = (?<=password \S{1,60} = )/i,
    form: new RegExp(`(?<![\\p{L}\\w.-])(PASSWORD|[Pp]assword)(\\s[\\w@.-]{1,60}\\s=\\s)(${QUOTED}|${WORD})`, 'gu'),
    roles: ['name', 'text', 'value'],
    isSecret: (value) => isRandom(bare(value)),
  },
  {
    example: 'secret refreshed: $',
    hint: /: (?<=(?:refreshed|renewed|issued|generated|created|obtained|fetched|cached|stored|saved|rotated|minted|decoded): )/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])((?:[\\p{L}\\w-]{2,20}[ _-])?(?:keys?|codes?|phrase)|${NAME})(\\s(?:(?:was|were|is|has|been|successfully)\\s){0,3}(?:refreshed|renewed|issued|generated|created|obtained|fetched|cached|stored|saved|rotated|minted|decoded):\\s{1,2})(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) => isLongRandom(bare(value)) && facts?.descriptive?.test(bare(value)) !== true,
  },
  {
    example: 'secret: Invalid url: "$"',
    hint: /: (?:Invalid|Bad|Wrong|Unexpected|Malformed|Unknown) [a-z]/,
    form: new RegExp(
      `(?<=^|[\\r\\n][ \\t]{0,8}|[-*•] )(${NAME})(:\\s(?:Invalid|Bad|Wrong|Unexpected|Malformed|Unknown)\\s[a-z][\\w ]{1,30}:\\s)(${QUOTED}|${WORD})`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value) => (isQuoted(value) ? isValue(value) : isRandom(value)),
  },
  {
    example: 'secret mismatch: expected $, got $',
    hint: /(?:mismatch|match|differs)[:,]? (?:expected|wanted) /i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(\\s(?:mismatch|differs|(?:does|did|do) not match)[:,]?\\s(?:expected|wanted)\\s)(${QUOTED}|${WORD})(,?\\s(?:but\\s)?(?:got|received|was|actual|found)\\s)(${QUOTED}|[^\\s"'\`,;()]{1,200})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'field: secret; value: $',
    hint: /\bvalue\s?[:=]/i,
    form: new RegExp(
      `(\\b(?:name|field|key|param(?:eter)?|property|path|column|attribute|header|variable)\\s?[:=]\\s?["'\`]?)(${NAME})(["'\`]?[,;]?\\s{1,2}(?:(?:rejected|invalid|received|new|old)\\s)?value\\s?[:=]\\s?)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['text', 'name', 'text', 'value'],
    isSecret: (value, facts) =>
      (isQuoted(value) ? isValue(value) : isRandom(value)) && facts?.descriptive?.test(bare(value)) !== true,
  },
  {
    example: 'webhook secret mismatch, got $',
    hint: /\b(?:mismatch|rejected|refused|invalid|wrong|incorrect),? (?:but )?(?:got|received|was|given) /i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(\\s(?:mismatch|(?:is |was )?(?:rejected|refused|invalid|wrong|incorrect)),?\\s(?:but\\s)?(?:got|received|was|given)\\s)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'secret does not match: $ $',
    hint: /\b(?:match|mismatch): /i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})(\\s(?:(?:does|did|do) not match|mismatch):\\s{1,2})(${QUOTED}|${WORD})((?:,?\\s(?:(?:[!=]==?|<>|vs\\.?|and|but got|got)\\s)?(?=[^\\s,;()]{3}))?)((?:${QUOTED}|${WORD})?)`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'secret comparison failed: "$" !== "$"',
    hint: /["'`] (?:[!=]==?|<>|vs\.?|is not equal to|does not equal) ["'`]/i,
    form: new RegExp(
      `(?<![\\p{L}\\w.-])(${NAME})((?:\\s[a-z ]{1,40})?:?\\s)(${QUOTED})(\\s(?:[!=]==?|<>|vs\\.?|is not equal to|does not equal)\\s)(${QUOTED})`,
      'giu',
    ),
    roles: ['name', 'text', 'value', 'text', 'value'],
    isSecret: isChanged,
  },
  {
    example: 'expected secret $ but got $',
    hint: /\bexpected (?:the )?[a-z_-]{2,40}(?: key| code)? \S{3,200},? (?:but )?(?:got|received|found|was) /i,
    form: new RegExp(
      `(\\bexpected\\s(?:the\\s)?)([\\p{L}_-]{2,40}(?: key| code)?)(\\s)(${QUOTED}|${WORD})(,?\\s(?:but\\s)?(?:got|received|found|was)\\s)(${QUOTED}|${WORD})`,
      'giu',
    ),
    roles: ['text', 'name', 'text', 'value', 'text', 'value'],
    isSecret: (value) => isRandom(bare(value)), // a parser expects tokens, too
  },
  {
    example: "The db_secret is '$'",
    hint: / is (?<=[_.]\w{1,40} is )/, // read backwards, only from the verb
    form: new RegExp(
      `(?<![\\w.-])([A-Za-z]\\w{0,60}[_.][\\w.]{1,60})(\\sis\\s(?:set to\\s|now\\s)?)(${QUOTED}|${WORD})`,
      'gu',
    ),
    roles: ['name', 'text', 'value'],
    isSecret: (value, facts) =>
      facts?.descriptive?.test(bare(value)) !== true &&
      (isQuoted(value) ? isValue(value) && /[^A-Za-z_ ]/.test(bare(value)) : isRandom(value)),
  },
];

/** States and places, not values. */
const PLAIN =
  /^(?:["'`]?)(?:old|new|previous|null|undefined|none|empty|unset|active|inactive|revoked|valid|invalid|expired|enabled|disabled|weak|strong|required|optional|plain ?text|hash(?:ed)?|bcrypt|scrypt|argon2\w{0,2}|sha-?\d+|md5|pending|default|public|private)\b/i;
function isChanged(value: string): boolean {
  return isValue(value) && (isQuoted(value) || (/\d/.test(value) && /[^\d.]/.test(value)));
}

function isRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && isValue(value) && !TECHNICAL.test(value);
}

/** The digits of a PIN or of a one-time code. */
function isCode(value: string, facts: KeyFacts | undefined): boolean {
  return /^\d{4,8}$/.test(value) && /(?:^|[ _-])(?:pin|otp|totp|passcode|cv[vc]2?|code)$/i.test(facts?.name ?? '');
}

/** `signing key not found: kid-42`, `tokens used: prompt=12` */
function isKeyId(value: string, facts: KeyFacts | undefined): boolean {
  return (
    (/keys?$/i.test(facts?.name ?? '') && /^[a-z]{1,12}[-_]\d{1,6}$/.test(value)) ||
    /^[a-z_]{2,30}=\d{1,9}$/.test(value)
  );
}

/** Not the id of whose secret it is: `token issued: tenant-42`. */
function isLongRandom(value: string): boolean {
  return (
    value.length >= 12 &&
    isRandom(value) &&
    !/^[A-Za-z]{1,20}[-_:#]?\d{1,8}$|^[\da-f]{8}(?:-[\da-f]{4}){3}-/i.test(value)
  );
}

function isValue(value: string): boolean {
  const inner = bare(value);
  return !inner.includes('[Filtered') && !isPlaceholder(inner) && !PLAIN.test(inner);
}

export function isQuoted(value: string): boolean {
  return /^["'`]/.test(value);
}

function bare(value: string): string {
  return isQuoted(value) ? value.slice(1, -1) : value;
}
