import { S, type FieldCase } from './cases.js';

const kept = (name: string, text: string): FieldCase => [name, text, [], text.split(/\r?\n/)];

/** What a second outsider's corpus found lost, and secrets next to it that must go: the rules behind them, in other words. */
export const SPARED: readonly FieldCase[] = [
  kept('names of hexadecimal digits', 'Bead::Face failed in A1::B2, ::add-matcher:: and ::decade:: stay'),
  [
    'addresses among names',
    { note: 'Face::Bad at 2001:db8::7334 and fe80::1' },
    ['2001:db8', 'fe80::1'],
    ['Face::Bad'],
  ],
  kept('bearer in a sentence', 'the JWT bearer flow needs a bearer type, unlike jwt-bearer exchanges.'),
  ['bearer in a header', 'Authorization: bearer abcdefgh', ['abcdefgh'], ['Authorization']],
  kept('PEM named in code', 'if (pem.indexOf("-----BEGIN PRIVATE KEY-----") !== 0) throw new Error("no key in a.pem")'),
  kept('PEM named in a sentence', 'expected -----BEGIN PUBLIC KEY----- and -----END PUBLIC KEY-----, see /etc/shop'),
  kept('PEM from a variable', '`-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----`'),
  ['PEM on one line', '-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0', ['MIIEvQIBADANBgkqhkiG9w0'], ['BEGIN']],
  ['PEM that was cut', '-----BEGIN PRIVATE KEY-----\nMIIEv', ['MIIEv'], ['BEGIN']],
  // a deed or an id, joined to the name without a space
  kept('scopes', 'scope orders:read tokens:write secrets:list2 is missing'),
  kept('events and jobs', 'token:revoked, job reset-password:42 of queue password:mails; npm run secrets:scan'),
  [
    'a value joined to its name',
    `token:${S} password:swordfish9x otp:4821 tokens:${S}`,
    [S, 'swordfish9x', '4821'],
    [],
  ],
  // sentences
  kept('a sentence about a field', 'db.password: ports must be within range; auth: settings for the connection'),
  kept('a sentence about a use', 'secret: Used to sign the cookie\ntoken.error = Token has expired'),
  ['a value before a sentence', `password: ${S} must be changed`, [S], ['must be changed']],
  kept(
    'help',
    'Options:\n  -k, --api-key  Key of the shop  [string]\n      --secret   Your secret\nthe option --token expects a value',
  ),
  ['an option after two spaces', `tool --password  ${S}  --port 80`, [S], ['--port 80']],
  // code
  kept('member with an index', "const token = req.cookies['token'] ?? req.headers.authorization?.split(' ')[1];"),
  kept('a type', 'let credentials: ShopCredentials = {'),
  kept('types', "read(token: IToken<Value>, position: number)\ntype Token = { kind: 'access' | 'refresh' }"),
  kept(
    'names of variables',
    'connection.password = pass;\nheaders.Authorization = AUTH_TOKEN;\nsign({ privateKey: privateKeyStream, secret: options.secret })',
  ),
  kept('field of a schema', 'password: { type: String, required: true, select: false, minlength: 8 }'),
  kept('function of a session', 'agent.on(name, session => { close(session) })'),
  [
    'literals in code',
    `const token = "${S}"; this.secret = ${S}; type Login = { password: "${S}" }`,
    [S],
    ['const token'],
  ],
  ['a word that is no name of code', 'apiKey: SuperSecret', ['SuperSecret'], []],
  ['default of a schema', `password: { type: String, required: true, default: "${S}" }`, [S], []],
  ['literal in a function', `session => { session.token = "${S}"; }`, [S], ['session =>']],
  // versions, files, links, states
  kept('versions', '"passport-jwt": "^4.0.1", "jsonwebtoken": "9.0.2"'),
  kept('modes of fetch', "Request { credentials: 'include' }"),
  kept('files', 'tool --private-key ./deploy.pem --secret-id prod/shop --tls-key /etc/shop/tls.key'),
  ['no file', `tool --private-key ./${S} --secret-id ${S}`, [S], []],
  kept('link of a README', '[api-keys]: https://shop.test/account/apikeys'),
  ['label in brackets', `[password]: ${S}`, [S], []],
  kept('what a mail server offers', '250-AUTH=LOGIN PLAIN\r\n* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=SCRAM-SHA-256'),
  kept('placeholders', 'export API_KEY=<your key> TOKEN="your token here" SECRET=xxxx KEY=YOURSECRETKEY'),
  kept('states', 'JWT_SECRET: configured, DB_PASSWORD: present, token: 15m'),
  kept('tests', '# pass: 12, fail: 0'),
  ['no tally', 'pass: 482913, user: ida', ['482913'], ['user: ida']],
];
