import { S, type FieldCase } from './cases.js';

/** Arguments of loggers, and objects as `util.inspect` prints them. */
export const CONSOLES: readonly FieldCase[] = [
  ['label and value', { arguments: ['refresh token =', S, 'for', 'kim'] }, [S], ['kim']],
  ['format', { arguments: ['user %s logged in with password %s from %s', 'kim', S, 'web'] }, [S], ['kim', 'web']],
  ['python format', { message: 'api_key=%s region=%s', params: [S, 'eu-1'] }, [S], ['eu-1']],
  ['braces', { message: 'secret: {} stage: {}', params: [S, 'prod'] }, [S], ['prod']],
  ['named braces', { message: 'login {user} with token {tok}', params: { user: 'kim', tok: S } }, [S], ['kim']],
  ['bare name', { arguments: ['password', 'x8Kp2mQ4'] }, ['x8Kp2mQ4'], ['password']],
  ['object after label', { arguments: ['credentials:', { user: 'kim', p: S }] }, [S], ['credentials:']],
  [
    'inspect: nested',
    `{ db: { host: 'db1', passwd: '${S}' }, cache: [Object], list: [ 1, 2 ] }`,
    [S],
    ['db1', '[Object]'],
  ],
  [
    'inspect: class',
    `Config {\n  region: 'eu-1',\n  _secretKey: '${S}',\n  retries: 3\n}`,
    [S],
    ['eu-1', 'retries: 3'],
  ],
  ['inspect: map', `Map(2) { 'city' => 'Bergen', 'refreshToken' => '${S}' }`, [S], ['Bergen']],
  ['inspect: symbol', `{ [Symbol(token)]: '${S}', ok: true }`, [S], ['ok: true']],
  [
    'inspect: error with fields',
    `Error: boom\n    at run (/app/a.js:1:2) {\n  code: 'E1',\n  clientSecret: '${S}'\n}`,
    [S],
    ['E1', '/app/a.js:1:2'],
  ],
  ['inspect: template literal', `{ password: \`${S}\`, port: 1 }`, [S], ['port: 1']],
  ['joined strings', `const token = "abc" +\n  "${S}" +\n  "def";\nconst port = 1;`, [S], ['const port = 1']],
  ['python dict', `{'user': 'kim', 'password': '${S}', 'ok': True}`, [S], ["'ok': True"]],
  ['ruby hash', `{:user=>"kim", :password=>"${S}", :ok=>true}`, [S], [':ok=>true']],
  ['go struct', `{User:kim Password:${S} Port:5432}`, [S], ['Port:5432']],
  ['java toString', `Login(user=kim, password=${S}, remember=true)`, [S], ['remember=true']],
  ['logfmt', `level=error msg="login failed" token=${S} user=kim`, [S], ['user=kim']],
  ['list of names stays', { columns: ['id', 'password', 'email'] }, [], ['email']],
  [
    'objects cut by inspect stay',
    '{ auth: [Object], tokens: [Array], session: [Getter] }',
    [],
    ['[Object]', '[Array]', '[Getter]'],
  ],
  ['kind of auth stays', "{ auth: { type: 'jwt' }, port: 1 }", [], ["type: 'jwt'"]],
  ['percentages stay', { arguments: ['disk %s full', '93%'] }, [], ['93%']],
  ['question stays', { arguments: ['Where is my token?', 'support'] }, [], ['support']],
];
