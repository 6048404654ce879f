// Values as somebody would build them who wants to stop the process: dense secrets of every kind, shapes that are
// expensive to read, and both combined. Each is made anew for each run.
const filled = (count, entry) => Array.from({ length: count }, (_, index) => entry(index));
const keyed = (count, entry = (index) => index, name = (index) => `key${index}`) =>
  Object.fromEntries(filled(count, (index) => [name(index), entry(index)]));
const text = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
/** The same characters as one string: V8 need not put it together when it is read. */
const flat = (string) => Buffer.from(string).toString();
const nested = (levels, wrap, inner) => filled(levels, () => 0).reduce((value) => wrap(value), inner);
const base64 = (string) => Buffer.from(string).toString('base64');
const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(3)}\n-----END PRIVATE KEY-----\n`;

/** What each unit repeats; each makes other rules work hard. */
const UNITS = {
  words: 'lorem ipsum ',
  newlines: '\n',
  'carriage returns': '\r\n',
  spaces: ' ',
  tabs: '\t',
  zeros: '\u0000',
  emoji: '😀',
  'lone surrogates': '\ud83d',
  'wide letters': 'пароль ',
  'full-width colons': '密码：a ',
  percent: '%',
  'percent escapes': '%41%42%25',
  'escaped escapes': '%2525252541',
  backslashes: '\\',
  quotes: '"',
  'mixed quotes': `"'\``,
  'opening brackets': '[',
  'opening braces': '{"a":',
  'closing brackets': '}])>',
  equals: '=',
  colons: ':',
  slashes: '//a:b',
  semicolons: ';a=b',
  ampersands: '&a=b',
  'secret assignments': 'password=x1y2z3 ',
  'other secret assignments': 'api_key: "x1y2z3", ',
  'assignments of many names': 'db_password=q7w8e9 client_secret=a1s2d3 access-token:z9x8c7 ',
  cookies: 'Cookie: a=b; password=c, mysql -px ',
  'set-cookies': 'Set-Cookie: session=a1b2c3d4; Path=/\n',
  'bearer tokens': 'Authorization: Bearer a1b2c3d4e5f6g7h8\n',
  'basic credentials': 'Authorization: Basic YWRtaW46aHVudGVyMg==\n',
  'json web tokens': `eyJhbGciOiJIUzI1NiJ9.${base64('{"sub":"1"}')}.c2lnbmF0dXJlc2lnbmF0dXJl `,
  'provider keys': `sk_live_${'a1B2'.repeat(6)} AKIA${'ABCD'.repeat(4)} ghp_${'a1B2'.repeat(9)} `,
  'private keys': pem,
  'openings of private keys': '-----BEGIN PRIVATE KEY-----\nMIIE\n',
  'hashes of passwords': '$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde ',
  'credentials in URLs': 'postgres://user:hunter22@db.example:5432/app ',
  'parameters of URLs': 'https://a.example/?token=a1b2c3&code=d4e5f6&state=g7 ',
  'links used once': 'https://a.example/reset-password/a1b2c3d4e5f6a1b2c3d4e5f6 ',
  webhooks: 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX ',
  cards: '4111 1111 1111 1111 ',
  'digits and dots': '1101.1101-1 ',
  digits: '4111111111111111',
  'social security numbers': '078-05-1120 ',
  'account numbers': 'DE89 3704 0044 0532 0130 00 ',
  'phone numbers': '+49 30 901820 ',
  addresses: 'a.b@c.example ',
  'openings of addresses': 'a@',
  'IP addresses': '203.0.113.9 2001:db8::1 ',
  'SQL literals': `select * from a where token = 'x1y2z3' and b = 'c' `,
  'SQL inserts': `insert into users (email, password) values ('a@b.example', 'hunter22'); `,
  'SQL parameters': `$1 = 'x1y2z3', `,
  commands: 'mysql -uroot -phunter22 ; curl -u a:hunter22 http://b ; ',
  'many commands': 'npm config set a_token b ',
  options: '--password hunter22 --token=x1y2z3 ',
  elements: '<password>hunter22</password>',
  'escaped elements': '&lt;password&gt;hunter22&lt;/password&gt;',
  'open elements': '<a value="x" ',
  'printed objects': `{ password: 'hunter22', nested: [Object] } `,
  'printed maps': `Map(1) { 'password' => 'hunter22' } `,
  'YAML blocks': 'password: |\n  hunter22\nname: x\n',
  dotenv: 'export DB_PASSWORD="hunter22"\n',
  'manifests of secrets': 'kind: Secret\ndata:\n  password: aHVudGVyMg==\n---\n',
  'form data': 'content-disposition: form-data; name="password"\r\n\r\nhunter22\r\n--x\r\n',
  'messages of validators': 'got "hunter22" at "password" ',
  'messages of databases': "Duplicate entry 'hunter22' for key 'password' Key (token)=(x1y2z3) already exists ",
  'stated secrets': 'your password is hunter22, the code is 583920. ',
  'terminal colours': '\u001b[31mpassword=hunter22\u001b[0m ',
  'nested base64': base64(base64(base64('{"password":"hunter22"}'))) + ' ',
  markers: '[Filtered:x][Filtered',
  tables: '| password | token |\n| hunter22 | x1y2z3 |\n',
  'logins of protocols': 'AUTH PLAIN AGEAaHVudGVyMg==\na1 LOGIN "a" "hunter22"\nUSER a\nPASS hunter22\n',
  redis: 'SET session:1 hunter22 EX 10\nAUTH default hunter22\n',
};

const SHAPES = {
  'one text of 60 KB of': (unit) => text(unit, 60_000),
  'one text of 10 MB of': (unit) => text(unit, 10_000_000),
  'a list of 1,000 texts of 2 KB of': (unit) => filled(1000, (index) => `${index} ${text(unit, 2000)}`),
  'a list of 1,000 texts of 100 KB of': (unit) => filled(1000, (index) => `${index} ${text(unit, 100_000)}`),
  'objects with 1,000 fields of': (unit) =>
    filled(10, () =>
      keyed(
        1000,
        (index) => `${index} ${text(unit, 1000)}`,
        (index) => `${index % 2 ? 'field' : 'token'}${index}`,
      ),
    ),
};

const made = {};
for (const [unit, chars] of Object.entries(UNITS)) {
  for (const [shape, make] of Object.entries(SHAPES)) made[`${shape} ${unit}`] = () => make(chars);
}

class Serialized {
  toJSON() {
    return { password: 'hunter22', list: filled(1000, () => new Serialized2()) };
  }
}
class Serialized2 {
  toJSON() {
    return { token: 'x1y2z3', text: text('password=x1y2z3 ', 1000) };
  }
}
const dense = text('Cookie: a=b; password=c, mysql -px ', 60_000);
const slowly = (milliseconds) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return 1;
};
const chain = (length, make) => {
  let error = make(0);
  for (let at = 1; at < length; at++) error = Object.assign(make(at), { cause: error });
  return error;
};
const withStack = (stack) => Object.assign(new Error('failure'), { stack });
const line = (at) => `    at method${at} (/srv/app/dist/service-${at}.js:${at}:13)`;

/** @type {Record<string, () => unknown>} */
const shapes = {
  'percent-encoding ten times': () =>
    nested(10, encodeURIComponent, 'password=hunter22&'.repeat(100)).slice(0, 300_000),
  'documents in ten documents': () =>
    nested(10, (inner) => JSON.stringify({ a: inner, password: 'x' }), 'password=x1y2z3'),
  'documents in documents with secrets': () =>
    nested(
      6,
      (inner) => JSON.stringify([inner, 'token=x1y2z3 ']),
      JSON.stringify(filled(100, () => dense.slice(0, 100))),
    ),
  'base64 in base64': () => nested(8, (inner) => base64(JSON.stringify({ data: inner })), dense.slice(0, 5000)),
  'cookies in cookies': () => 'Cookie: a='.repeat(6) + 'mysql ' + '-px '.repeat(700),
  'cookies in cookies, much longer': () => 'Cookie: a='.repeat(600) + 'mysql ' + '-px '.repeat(15_000),
  'forms in forms': () =>
    nested(8, (inner) => `a=${encodeURIComponent(inner)}&token=b`, 'password=x1y2z3&'.repeat(200)),
  'a list of small documents': () =>
    filled(1000, (at) => JSON.stringify({ at, password: 'hunter22', deep: [[[[at]]]] })),
  'a document of 1 MB': () =>
    JSON.stringify(filled(10_000, (at) => ({ at, password: 'hunter22', text: 'lorem '.repeat(10) }))),
  'a document of 60 KB of brackets': () => '['.repeat(30_000) + ']'.repeat(30_000),
  'broken documents': () => filled(1000, () => `{"a":${'[1,'.repeat(300)}}`),
  'a Map of Maps': () => nested(6, (inner) => new Map(filled(8, (at) => [`password${at}`, inner])), 'x1y2z3'),
  'a Map with objects as keys': () => new Map(filled(20_000, (at) => [{ at, password: 'hunter22' }, { at }])),
  'a Map with long keys': () => new Map(filled(1000, (at) => [text(`${at} password=x `, 20_000), at])),
  'Sets of Sets': () => nested(6, (inner) => new Set(filled(8, (at) => (at === 0 ? inner : [at, inner]))), 'x1y2z3'),
  'an object with long names': () =>
    keyed(
      1000,
      (at) => at,
      (at) => `${at} ${text('password=x ', 20_000)}`,
    ),
  'an object with names of secrets': () =>
    keyed(
      1000,
      () => dense.slice(0, 300),
      (at) => `${at}_db_password`,
    ),
  'objects with other names each': () =>
    filled(1000, (row) =>
      keyed(
        20,
        (at) => at,
        (at) => `name_${row}_of_${at}_passwordHash`,
      ),
    ),
  'objects with 1,000 other names each': () =>
    filled(20, (row) =>
      keyed(
        1000,
        () => 'a text',
        (at) => `name-${row}-${at}-token-x`,
      ),
    ),
  'pairs of names and values': () => filled(1000, (at) => [`x-token-${at}`, dense.slice(0, 1000)]),
  'attributes with values': () =>
    keyed(1000, (at) => ({ value: dense.slice(0, 500), type: 'string', key: 'password', at })),
  'names beside values': () => filled(1000, () => ({ name: 'password', value: dense.slice(0, 1000), key: 'token' })),
  'echoed values': () =>
    filled(1000, (at) => ({
      path: ['token'],
      received: `x1y2${at}z3`,
      message: `bad x1y2${at}z3 `.repeat(250),
      errors: ['token'],
    })),
  'command lines': () =>
    filled(1000, () => ['mysql', '-u', 'root', '-phunter22', '--password', 'x', 'curl', '-u', 'a:b']),
  'command lines of 200 words': () => filled(200, () => filled(200, (at) => (at % 2 ? '--password' : 'hunter22x1'))),
  'arguments with names': () => filled(1000, () => ['password:', 'x1y2z3', 'token =', 'a1b2c3', 'api key:', 'd4e5f6']),
  'lines of private keys': () => filled(1000, () => pem.split('\n')),
  'tables with headers': () =>
    filled(100, () => ({ columns: ['id', 'token'], rows: filled(200, () => ['1', 'x1y2z3']) })),
  'statements with parameters': () =>
    filled(1000, (at) => ({
      sql: `insert into t (${text('a, password, ', 2000)}) values (${text('?, ', 900)}) -- ${at}`,
      parameters: filled(300, () => 'x1y2z3'),
    })),
  'templates with parameters': () => filled(300, () => [text('password=%s ', 4000), ...filled(300, () => 'x1y2z3')]),
  'documents as parameters': () =>
    filled(1000, (at) => ({ query: `select ${at} from a where token = ?`, params: '["x1y2z3"]' })),
  'graphql queries': () => ({
    query: text('{ user(password: "hunter22") { a } } ', 50_000),
    variables: keyed(1000, () => 'x1y2z3'),
  }),
  'web keys': () => filled(1000, () => ({ kty: 'RSA', d: 'x1y2z3'.repeat(50), p: 'a', q: 'b', k: 'c' })),
  'manifests as objects': () => filled(1000, () => ({ kind: 'Secret', data: { a: 'b', password: 'aHVudGVyMg==' } })),
  'digits as numbers': () => filled(10_000, (at) => 4111111111111111 + at),
  'digits as big integers': () => filled(10_000, (at) => 4111111111111111n + BigInt(at)),
  'a big integer of a million digits': () => 10n ** 1_000_000n,
  'class instances with toJSON': () => filled(1000, () => new Serialized()),
  'class instances': () =>
    filled(1000, () => Object.assign(new (class Account {})(), { password: 'hunter22', text: dense.slice(0, 900) })),
  'dates, URLs and regular expressions': () =>
    filled(1000, (at) => [new Date(at), new URL(`https://a:b@c.example/${at}?token=x`), /password/g]),
  'symbols and functions': () =>
    filled(1000, (at) => ({ [Symbol(`password ${at}`)]: at, symbol: Symbol(dense), run: () => dense })),
  'boxed values': () => filled(5000, () => [Object('password=x1y2z3'), Object(4111111111111111), Object(true)]),
  'typed arrays': () => filled(1000, () => new Uint8Array(10_000)),
  'views and buffers': () =>
    filled(1000, () => [Buffer.alloc(1000, 'a'), new DataView(new ArrayBuffer(1000)), new SharedArrayBuffer(1000)]),
  'a Buffer with entries': () => Object.assign(Buffer.alloc(1_000_000), keyed(1000)),
  'sparse lists': () => filled(1000, () => Object.assign([], { length: 2 ** 32 - 1, 5000: dense })),
  'a list with a million empty slots': () => new Array(1_000_000),
  'a list with further entries': () =>
    Object.assign(
      filled(100_000, (at) => at),
      keyed(10_000),
    ),
  'a list of slow getters': () =>
    filled(3, () => Object.defineProperty({}, 'slow', { enumerable: true, get: () => slowly(1) })),
  'getters that throw': () =>
    filled(1000, () =>
      Object.defineProperty({ a: 1 }, 'b', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
    ),
  'proxies that throw': () =>
    filled(
      1000,
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no');
            },
          },
        ),
    ),
  'proxies of large objects': () =>
    filled(
      1000,
      () =>
        new Proxy(
          keyed(100, () => 'password=x1y2z3'),
          {},
        ),
    ),
  'a proxy of 50,000 keys': () => new Proxy(keyed(50_000), {}),
  'revoked proxies': () =>
    filled(1000, () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    }),
  'inherited keys': () => Object.create(keyed(50_000)),
  'a chain of prototypes': () => nested(5000, (parent) => Object.assign(Object.create(parent), { own: 1 }), null),
  'an object without enumerable keys': () =>
    Object.defineProperties(
      {},
      keyed(50_000, () => ({ value: 1, enumerable: false })),
    ),
  'an object with keys that are numbers': () =>
    keyed(
      100_000,
      (at) => at,
      (at) => String(at * 7),
    ),
  'an object whose keys were deleted': () => {
    const object = keyed(50_000);
    for (let at = 0; at < 49_990; at++) delete object[`key${at}`];
    return object;
  },
  'a dense graph': () => {
    const nodes = filled(300, (id) => ({ id, links: [] }));
    for (const node of nodes) node.links = nodes;
    return nodes;
  },
  'a long cycle': () => {
    const first = {};
    let last = first;
    for (let at = 0; at < 10_000; at++) last = last.next = { at };
    last.next = first;
    return first;
  },
  'deep lists': () => nested(50_000, (inner) => [inner], []),
  'deep lists side by side': () => filled(1000, () => nested(100, (inner) => [inner, 'password=x1y2z3'], [])),
  'wide at every level': () => nested(7, (inner) => ({ ...keyed(900, (at) => at), inner }), 1),
  'ropes of many pieces': () => {
    let rope = '';
    for (let at = 0; at < 300_000; at++) rope += `${at} password=x `;
    return rope;
  },
  'a list of ropes': () =>
    filled(300, () => {
      let rope = '';
      for (let at = 0; at < 2000; at++) rope += `${at} password=x `;
      return rope;
    }),
  'slices of a large text': () => {
    const all = flat(text('password=x1y2z3 ', 5_000_000));
    return filled(1000, (at) => all.slice(at * 100, at * 100 + 70_000));
  },
  'texts just over the limit': () => filled(1000, (at) => `${at} ${text('token=x1y2z3 ', 65_530)}`),
  'texts of 64 characters': () => filled(1000, () => filled(9, (at) => text(`${at} password=x1y2z3 `, 64))),
  pseudonyms: () =>
    filled(1000, (at) => filled(9, (part) => `user${at}.${part}@mail${at}.example 203.0.${at % 256}.${part}`)),
  'card numbers': () => filled(1000, (at) => filled(9, () => `4111 1111 1111 1111 ${at}`)),
  'an error with a stack of 100,000 lines': () => withStack(`Error: failure\n${filled(100_000, line).join('\n')}`),
  'an error with a stack of one long line': () =>
    withStack(`Error: failure\n    at ${'a.'.repeat(100_000)} (${'/b'.repeat(100_000)}:1:1)`),
  'an error with a stack of brackets': () => withStack(`Error: failure\n${'    at '.repeat(3)}${'('.repeat(40_000)}`),
  'an error with a stack of white space': () => withStack(`Error: failure\n${`${' '.repeat(900)}at \n`.repeat(50)}`),
  'an error with a long name': () => Object.assign(new Error('failure'), { name: dense.repeat(20) }),
  'an error with a long code': () =>
    Object.assign(new Error('failure'), { code: dense.repeat(20), status: dense, errno: dense }),
  'an error with a message of secrets': () => new Error(dense.repeat(20)),
  'an error with many lines': () => new Error(text('password=hunter22\n', 1_000_000)),
  'an error with many properties': () =>
    Object.assign(
      new Error('failure'),
      keyed(5000, () => dense.slice(0, 500)),
    ),
  'an error of a validator': () =>
    Object.assign(new Error('invalid'), {
      issues: filled(5000, (at) => ({ path: ['token', at], received: 'x1y2z3', message: 'bad x1y2z3' })),
    }),
  'an error of a database': () =>
    Object.assign(new Error(`Duplicate entry '${dense}'`), {
      query: text("insert into a values ('x1y2z3') ", 100_000),
      parameters: filled(1000, () => 'x1y2z3'),
      detail: dense,
    }),
  'an error of an HTTP client': () =>
    Object.assign(new Error('401'), {
      config: { headers: keyed(1000, () => 'Bearer a1b2c3'), data: dense },
      response: { data: filled(1000, () => dense), headers: keyed(1000, () => 'x') },
      request: { a: dense },
    }),
  'a chain of 1,000 causes': () => chain(1000, (at) => new Error(`failure ${at} password=x1y2z3`)),
  'a chain of causes with long messages': () => chain(50, (at) => new Error(`${at} ${dense}`)),
  'a chain of causes with long stacks': () =>
    chain(50, (at) => withStack(`Error: ${at}\n${filled(1000, line).join('\n')}`)),
  'causes in a circle': () => {
    const error = chain(100, () => new Error(dense.slice(0, 900)));
    error.cause.cause = error;
    return error;
  },
  'an aggregate of 4,500 errors': () =>
    new AggregateError(filled(4500, (at) => new Error(`failure ${at} token=x1y2z3`))),
  'an aggregate of 100 errors with long messages': () =>
    new AggregateError(filled(100, (at) => new Error(`${at} ${dense}`))),
  'an aggregate of 100 errors with long stacks': () =>
    new AggregateError(filled(100, () => withStack(`Error: a\n${filled(500, line).join('\n')}`))),
  'aggregates in aggregates': () =>
    nested(
      6,
      (inner) =>
        new AggregateError(
          filled(6, () => inner),
          dense.slice(0, 500),
        ),
      new Error('x'),
    ),
  'aggregates of causes': () => new AggregateError(filled(20, () => chain(20, () => new Error(dense.slice(0, 5000))))),
  'a million texts': () => new Array(1_000_000).fill('password=x1y2z3'),
  'a thousand Errors': () => filled(1000, (at) => new Error(`failure ${at}`)),
  'every kind of secret in every field': () =>
    keyed(200, (at) =>
      filled(20, (index) => Object.values(UNITS)[(at + index) % Object.values(UNITS).length].repeat(20)),
    ),
  'every kind of secret in one text': () => text(Object.values(UNITS).join(' '), 60_000),
  'every kind of secret in a list': () => filled(1000, (at) => `${at} ${text(Object.values(UNITS).join(' '), 60_000)}`),
};

export const attacks = { 'a small object': () => ({ id: 1, name: 'small', items: [1, 2, 3] }), ...made, ...shapes };
