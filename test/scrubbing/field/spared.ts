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
  // next to the forms of missed.ts
  kept(
    'writes of others',
    'SET city:7 Bergen EX 300; HSET user:7 city Bergen; SETEX cart:7 900 apples; GET reset_token:7',
  ),
  kept(
    'statements that set',
    "UPDATE t SET token_version = token_version + 1; SET TIME ZONE 'UTC'; SET PASSWORD FOR kim",
  ),
  kept('sentences that set', 'set the password policy to strict; set session: 5 minutes'),
  [
    'a text and a list that is no statement',
    ['select a password', ['eight letters', 'a digit']],
    [],
    ['eight letters', 'a digit'],
  ],
  kept('brackets of MSSQL', 'SELECT [id], [city] FROM [dbo].[users] WHERE [id] = @p1'),
  kept(
    'what has become of a secret',
    'No API key provided: see the manual. Token not found: user must log in. Password expired: 30 days ago',
  ),
  kept('names of code', 'auth_mode is "strict"; token_type is bearer; the api_key is required; db_password is not set'),
  kept('numbers of others', 'Path `age` (4821) is less than minimum allowed value (10000).'),
  kept('codes of errors', 'el código de error es 5000; код ошибки: 5000; Fehlercode ist 5000; code postal: 50031'),
  kept(
    'packages, images and mail',
    'npm:lodash@4.17.21 shop:1.2@sha256:9f86d0 mailto:kim@db1 git@github.test:shop/api.git',
  ),
  kept('host and port', 'redis1:6379 db1:5432@eu, ratio 4:3@60:1'),
  kept(
    'options without values',
    "[ 'tool', '--no-token', 'x1y2z3', '--password-stdin', 'a1b2c3', '--city', 'Bergen7' ]",
  ),
  ['list of words', { started: ['tool', '--no-auth', 'x1y2z3', '--city', 'Bergen7'] }, [], ['x1y2z3', 'Bergen7']],
  kept('parameters of others', 'aws ssm put-parameter --name /shop/city --value Bergen --type String'),
  kept('variables of others', 'Step 4/9 : ENV CITY Bergen\nARG TOKEN_URL https://id.shop.test/token'),
  kept('commands of a workflow', '::add-matcher::eslint.json'),
  kept(
    'failures of log-ins',
    'MongoServerError: bad auth : authentication failed\nWWW-Authenticate: Bearer error="invalid_token"',
  ),
  kept('parsers', "next token: identifier, cancellation token: aborted; Expected token ';' but found '}'"),
  kept('counts of secrets', 'passwords: 3 weak, 2 reused; cvc_check=fail'),
  // manuals and changelogs
  kept(
    'names in backticks',
    '- `withCredentials`: `withCredentials` controls\n- Add `auth.parse` for `Proxy-Authorization`\n- `session`: Options of it',
  ),
  kept(
    'names in lists',
    "redact: ['authorization', 'user.password'], `key` || `privateKey` || `secret`, the session (`session`)",
  ),
  kept('a list of words', '["hello", "sifted", "array!"].filter(sift({ $in: ["hello", "world"] }))'),
  kept(
    'functions',
    'const addAccessToken = (accessToken: string): Hook => options\nconst token = OAuth({ method: HMAC })',
  ),
  kept(
    'table with links',
    '| Class | Credential (without secret) |\n| --- | --- |\n| `A` | [`B`](https://shop.test/b) |',
  ),
  kept('table of a manual', '| Variable | Secret |\n| --- | --- |\n| `A` | one of the secrets of an application |'),
  kept(
    'a plural after bearer',
    'Bearer bonds were not traded, a bearer credential or mode: bearer credentials, neither',
  ),
  [
    'a word after bearer',
    'Bearer swordfish is refused; Authorization: Bearer bonds',
    ['swordfish', 'bonds'],
    ['refused'],
  ],
  kept('an object as a text', 'refresh_token: [object Promise], secret=[object Object]'),
  kept('a masked key', 'Invalid API Key provided: rk_test_****************9911'),
  [
    'where a key is sent',
    {
      apiKey: { type: 'apiKey', in: 'query', name: 'shop-key' },
      nested: { apiKey: { type: 'apiKey', in: 'query', name: 'a', value: S } },
    },
    [S],
    ['"shop-key"'],
  ],
  kept('what a parser says of a key', 'Cannot parse privateKey: Unsupported OpenSSH private key, no passphrase given'),
  ['a word and a secret', `privateKey: Encrypted-${S} key`, [S], []],
  kept('secret of a build', 'docker build --secret id=pip,src=./pip.conf --secret id=t,type=env,env=PIP .'),
  ['options with an id', `tool --secret id=${S} --secret id=a,value=${S} --port 1`, [S], ['--port 1']],
  kept('id of a public key', 'Release GPG key: F3EF5F62A87FC27A22E643F714CE4FF5015AA242'),
  kept('commit of a change', 'no longer requires a github token [`36c0220`](https://shop.test/36c0220)'),
  ['a variable that is empty', `DB_PASSWORD= CITY=Bergen API_TOKEN=${S}`, [S], ['CITY=Bergen']],
  ['a table with a secret', `| Name | Token |\n| --- | --- |\n| kim | ${S} |`, [S], ['kim']],
  ['literals of a list', `["password", "${S}"] and \`secret\`: \`${S}\``, [S], []],
];
