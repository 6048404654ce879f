import { STATED_UNITS } from '../scrubbing/hostile-units';
import { ruleWords } from './rule-words';

/** Words, delimiters and openings that have been costly, or that only several rules together make so. */
const WORDS = [
  ...'a 1 x0 é = : " \' ` \\ % & ; , . - _ / + @ < > ( ) [ ] { } | ~ ? # $'.split(' '),
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u0000',
    '//',
    '::',
    '--',
    '||',
    "''",
    '%41',
    '%25',
    '%3D%20',
    '%7B%22',
    '//a:',
    '//a:b',
  ],
  ...[
    'Cookie: a=',
    'Set-Cookie: b=',
    'cookie: a=b;',
    'a=b;',
    'password=',
    'password: ',
    '"password":"',
    "password = f('",
  ],
  ...[
    'password: |\n',
    'my password is ',
    'otp 1',
    'token string = ',
    'API key: ',
    'arn:aws:secret:',
    '&quot;token&quot;:',
  ],
  ...[
    'mysql ',
    '-px ',
    'sshpass -p x ',
    'docker login -p x ',
    'curl -ua:',
    '-u a:b ',
    '--password ',
    "--cookie 'a=b' ",
  ],
  ...[
    'content-disposition: form-data; name="a"\r\n',
    'form-data;name=',
    'name="password"\r\n\r\n',
    '\n--',
    'value="a" ',
  ],
  ...['<password>', '<a value="x" ', '<key>password</key><string>', '<![CDATA[', ']]>', '&lt;password&gt;', '</a>'],
  ...[
    'select ',
    'insert into a (',
    ' values (',
    "token in ('a'",
    "a like '",
    "identified by '",
    "crypt('a'",
    'password for x = ',
  ],
  ...['kind: Secret\n', 'data:\n', '  a: b\n', '---\n', '-----BEGIN PRIVATE KEY-----', '-----END', '-----'],
  ...[
    'bearer ',
    'basic YTpi',
    'digest realm=',
    'AWS4-HMAC-SHA256 ',
    'Token a1',
    'eyJ',
    'eyJhIjoxfQ ',
    'eyJhbGciOiJIUzI1NiJ9.',
  ],
  ...[
    'sk_live_',
    'AKIA1234567890',
    'SG.',
    's.',
    'hooks.slack.com/services/',
    '1234567890:AA',
    'MIIEvQIBADAN',
    'oracle:thin:a/',
  ],
  ...[
    '4111 ',
    '4111111111111111 ',
    '1.1.1.',
    'f:',
    'DE89',
    'DE89 3704 ',
    'a@b.example ',
    '"a b"@',
    'a@b.cc:x',
    '@a.',
    'xn--',
  ],
  ...[
    'select a from b where c = $1 ',
    '-- PARAMETERS: [',
    'params: a,',
    '"a", ',
    'values (?, ',
    "$1 = 'a', ",
    ' AND token = ?',
  ],
  ...[
    'Key (token)=(',
    ') already exists',
    "Duplicate entry 'a",
    "' for key 'b'",
    'got "a" at "password" ',
    'Failing row contains (',
  ],
  ...[
    'AUTH PLAIN a',
    'AUTH default a ',
    'MIGRATE a ',
    '334 a\n',
    'PASS a\n',
    'USER a\n',
    'a1 LOGIN "a" ',
    'ACL SETUSER a >b ',
    'machine a login b password ',
  ],
  ...[
    'npm config set a_token b ',
    'echo a | chpasswd ',
    'echo ',
    ' | sudo -S ',
    'openssl enc -k a ',
    'rabbitmqctl add_user a ',
    'ApiKey "a1b2c3" ',
    '583920 is your code ',
  ],
  ...[
    '$2b$10$',
    '$6$a$',
    '{SSHA}',
    'password:\n  - a\n',
    'password:\n  value: a\n',
    "'a' + ",
    '"""',
    'A_TOKEN=a&',
    'password for a b: c1 ',
  ],
  ...[
    '<a><value>b',
    '<a name="token">',
    '<password><![CDATA[a',
    '&#64;a.bb',
    '@a.bb:c1d2e3 ',
    'AZDO',
    '+ASt',
    'in JSON ..."oken":"',
    'eyJhbGciOi',
    'Fe26.2*',
    '1//0a',
  ],
  ...[
    '?code=',
    '&state=',
    '&signature=',
    '[Filtered',
    '[Filtered:x]',
    '[Filtered]',
    '{"a":',
    '["password","',
    '\\u0022token\\u0022:',
  ],
  ...STATED_UNITS,
];

/** A text by its length: the same unit again and again, or the same text in itself. */
export interface HostileText {
  readonly name: string;
  readonly ofLength: (length: number) => string;
}

/** Builds texts out of what the rules look for; the same seed builds the same texts. */
export function* hostileTexts(seed: number): Generator<HostileText> {
  const pick = picker(seed);
  const fromRules = ruleWords();
  const word = (): string => {
    const words = pick(2) === 0 ? fromRules : WORDS;
    return words[pick(words.length)] ?? '';
  };
  for (;;) {
    const unit = Array.from({ length: 1 + pick(5) }, () => repeated(word(), pick)).join('');
    const head = pick(2) === 0 ? '' : word().repeat(1 + pick(8));
    const tail = pick(2) === 0 ? '' : word();
    const shape = SHAPES[pick(SHAPES.length)] as Shape;
    const name = JSON.stringify([shape.name, head, unit.slice(0, 200), tail]);
    yield { name, ofLength: (length) => shape(head, unit, tail, length) };
  }
}

type Shape = (head: string, unit: string, tail: string, length: number) => string;

const SHAPES: readonly Shape[] = [
  function repeatedUnit(head, unit, tail, length) {
    return head + unit.repeat(Math.ceil(length / unit.length)) + tail;
  },
  function thenRepeatedTail(head, unit, tail, length) {
    const end = tail || head || '-px ';
    return head + unit.repeat(Math.ceil(length / 2 / unit.length)) + end.repeat(Math.ceil(length / 2 / end.length));
  },
  function inPercentEncoding(head, unit, tail, length) {
    return `x=${encodeURIComponent(encodeURIComponent(repeat(head, unit, tail, length / 3)))}`;
  },
  function inDocuments(head, unit, tail, length) {
    return JSON.stringify({ a: JSON.stringify([repeat(head, unit, tail, length / 2)]) });
  },
  function inCookies(head, unit, tail, length) {
    return `Cookie: a=${repeat(head, unit, tail, length)}`;
  },
];

function repeat(head: string, unit: string, tail: string, length: number): string {
  return head + unit.repeat(Math.ceil(length / unit.length)) + tail;
}

function repeated(word: string, pick: (below: number) => number): string {
  return pick(5) === 0 ? word.repeat(1 + pick(30)) : word;
}

/** Pseudo-random whole numbers, the same for the same seed. */
export function picker(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
