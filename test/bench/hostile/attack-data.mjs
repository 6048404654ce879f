// Data as a client can send it: documents, names, statements, commands.
import { base64, dense, filled, keyed, nested, pem, text } from './attack-tools.mjs';

/** @type {Record<string, () => unknown>} */
export const dataAttacks = {
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
};
