import { S, type FieldCase } from './cases.js';

/** Objects printed into texts, and differences as libraries report them. */
export const PRINTED: readonly FieldCase[] = [
  [
    'class-validator, inspected',
    `ValidationError {\n  target: Dto { name: 'kim', password: '${S}' },\n  value: '${S}',\n  property: 'password',\n  children: []\n}`,
    [S],
    ['kim', "property: 'password'"],
  ],
  [
    'headers, inspected',
    `Map(2) { 'x-api-key' => { name: 'x-api-key', value: '${S}' }, 'accept' => { name: 'accept', value: 'text/csv' } }`,
    [S],
    ["value: 'text/csv'"],
  ],
  ['form, inspected', `[ { name: 'password', value: '${S}' }, { name: 'city', value: 'Bergen' } ]`, [S], ['Bergen']],
  [
    'JSON Patch in a text',
    `PATCH [{"op":"add","path":"/smtp/password","value":"${S}"},{"op":"add","path":"/smtp/port","value":2525}]`,
    [S],
    ['2525', '/smtp/port'],
  ],
  ['path as a list', `{ path: [ 'user', 'apiToken' ], lhs: '${S}', rhs: '${S}b', kind: 'E' }`, [S], ["kind: 'E'"]],
  ['deep-diff', [{ kind: 'E', path: ['user', 'apiToken'], lhs: S, rhs: `${S}b` }], [S], ['"E"']],
  ['deep-diff: city', [{ kind: 'E', path: ['user', 'city'], lhs: 'Oslo', rhs: 'Bergen' }], [], ['Oslo', 'Bergen']],
  ['deep-diff: list', [{ kind: 'A', path: ['tokens'], index: 0, item: { kind: 'N', rhs: S } }], [S], ['"A"']],
  [
    'jsonschema',
    [{ path: ['password'], property: 'instance.password', instance: S, name: 'pattern' }],
    [S],
    ['pattern'],
  ],
  [
    'zod repeats the value',
    { received: S, options: ['card', 'bank'], path: ['token'], message: `Expected 'card' | 'bank', received '${S}'` },
    [S],
    ["Expected 'card'"],
  ],
  ['from of a JSON Patch stays', [{ op: 'move', from: '/a', path: '/password' }], [], ['"/a"']],
  ['set', `{ refreshTokens: Set(2) { '${S}', '${S}b' }, userId: 42 }`, [S], ['userId: 42']],
  ['bytes', '{ privateKey: Uint8Array(3) [\n  230, 228, 131\n ], curve: 1 }', ['228'], ['curve: 1']],
  ['buffer', "{ secretKey: <Buffer 46 f8 27 4f>, algorithm: 'aes' }", ['46 f8'], ["algorithm: 'aes'"]],
  ['class', `{ credentials: <ref *1> Credentials { key: '${S}' }, port: 1 }`, [S], ['port: 1']],
  ['map of pairs', `[ [ 'x-api-key', '${S}' ], [ 'accept', 'text/csv' ] ]`, [S], ['text/csv']],
  ['names in a list stay', "columns: [ 'password', 'email' ]", [], ["'email'"]],
  [
    'empty and unread values stay',
    '{ tokens: [], secrets: Set(0) {}, token: Promise { <pending> }, password: Symbol(pw), secret: VARCHAR(255) }',
    [],
    ['tokens: []', 'Set(0) {}', '<pending>', 'Symbol(pw)', 'VARCHAR(255)'],
  ],
  ['colours', `{ password: \x1b[32m'${S}'\x1b[39m, page: \x1b[33m2\x1b[39m }`, [S], ['page']],
  ['colours around the name', `\x1b[36mdbPassword\x1b[39m=\x1b[33m${S}\x1b[39m port=5432`, [S], ['5432']],
  ['colours stay', '\x1b[32mPASS\x1b[39m auth.spec.ts \x1b[33mtoken\x1b[39m: ok', [], ['[33mtoken']],
  [
    'joi, annotated',
    `{\n  "name": "kim",\n  "password" [1]: "${S}"\n}\n\n[1] "password" is long`,
    [S],
    ['kim', 'is long'],
  ],
  ['call with a constant', `define( 'DB_PASSWORD', '${S}' ); define( 'DB_HOST', 'db1' );`, [S], ['db1']],
  ['ioredis', `write command[c:6379]: 0 -> auth([ '${S}' ]) -> get([ 'city:1' ])`, [S], ['city:1']],
];
