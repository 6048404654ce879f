import { S, type FieldCase } from './cases.js';

const gone = (name: string, value: unknown, ...kept: string[]): FieldCase => [name, value, [S], kept];
const kept = (name: string, value: unknown, ...parts: string[]): FieldCase => [
  name,
  value,
  [],
  parts.length > 0 ? parts : String(value).split('\n').filter(Boolean),
];
const RANDOM = 'u7Rk2mVx9QpL4sTz8NwYb3HcJ6fGd1EaKo5iXtUe';
const NEAR = 'You have an error in your SQL syntax; check the manual for the right syntax to use near';

/** What today's libraries and commands print, found by reading and running them. */
export const LIBRARIES: readonly FieldCase[] = [
  // fragments of statements, and parameters apart from them
  gone('MySQL: after a keyword', `${NEAR} 'identifed by '${S}'' at line 1`, 'identifed by', 'at line 1'),
  gone('MySQL: in a row', `${NEAR} 'VALUES (1, '${S}')' at line 3`, 'VALUES (1,', 'at line 3'),
  gone('MySQL: within a literal', `${NEAR} '${S}', city = 'Bergen-52'' at line 1`, "city = 'Bergen-52'"),
  kept('MySQL: of others', `${NEAR} 'city = 'Bergen-52' WHERE' at line 1`),
  kept('MySQL: a word', `${NEAR} 'FORM users' at line 1`),
  gone('MySQL: a replaced password', `ALTER USER a IDENTIFIED BY 'x-1' REPLACE '${S}'`, 'ALTER USER a'),
  gone('PostgreSQL: an open literal', `unterminated quoted string at or near "'${S}" at character 9`, 'at character 9'),
  gone('SQL Server: an open literal', `Unclosed quotation mark after the character string '${S}'.`),
  gone('SQLite: an open literal', `near "'${S}": syntax error`, 'syntax error'),
  kept('PostgreSQL: a word', 'syntax error at or near "WHERE"'),
  gone(
    'SQL Server: a trace',
    `exec sp_executesql N'update u set city=@p0, pin=@p1', N'@p0 nvarchar(9), @p1 nvarchar(9)', @p0=N'Bergen-52', @p1=N'${S}'`,
    'Bergen-52',
  ),
  gone('SQL Server: by position', `exec sp_executesql N'update u set pin=@p', N'@p nvarchar(9)', N'${S}'`),
  gone('Knex: bindings first', `{ method: 'select', bindings: [ '${S}' ], sql: 'select * from u where token = ?' }`),
  kept('Knex: of others', "{ bindings: [ 'Bergen-52' ], sql: 'select * from u where city = ?' }"),
  gone('tedious', `parameter type 'NVarChar' name='@password' value='${S}'`, 'NVarChar'),
  // log-ins
  gone('SASL', `\0app\0${S}`, 'app'),
  gone('SASL, inspected', `{ mechanism: 'PLAIN', response: '\\x00app\\x00${S}' }`, 'PLAIN'),
  gone('LDAP changes', { operation: 'replace', modification: { type: 'unicodePwd', values: [S] } }, 'unicodePwd'),
  gone(
    'LDAP attributes',
    [
      { type: 'userPassword', vals: [S] },
      { type: 'cn', vals: ['Bergen-52'] },
    ],
    'Bergen-52',
  ),
  gone('mssql', { authentication: { type: 'default', options: { userName: 'sa', password: S } } }, '"type":"default"'),
  // cookies and headers by name
  gone(
    'cookies of a HAR',
    {
      cookies: [
        { name: 'sid', value: S },
        { name: 'theme', value: 'dark-52' },
      ],
    },
    'dark-52',
  ),
  gone(
    'cookies, inspected',
    `cookies: [ { name: 'sid', value: '${S}' }, { name: 'theme', value: 'dark-52' } ]`,
    'dark-52',
  ),
  gone('headers of a HAR', { headers: [{ name: 'Cookie', value: `sid=${S}; theme=dark-52` }] }, 'dark-52'),
  // sentences and formats
  gone('two values', `Secret token does not match: ${S} ${S}`),
  gone('a comparison', `Password comparison failed: "${S}" !== "other-77"`, 'comparison failed'),
  gone('an expectation', `expected token ${S} but got null`, 'but got'),
  kept('a parser', "Expected token ';' but found '}'"),
  gone('after a plain word', `privateKey: Encrypted ${S} key`),
  ['in a sentence', `apiKey: Provided ${RANDOM} is invalid`, [RANDOM], ['Provided', 'is invalid']],
  gone('names in camel case', `authToken ${S} rejected, dbPassword ${S}`, 'rejected'),
  kept('names in camel case, alone', 'authToken is missing; apiKey header required, idToken claims v2 verified'),
  gone('a template and its parameters', `user %s token %s kim-52 ${S}`, 'kim-52'),
  kept('a template of others', 'rows %d of table %s 12 orders_2026'),
  gone('PHP', `array(1) {\n  ["password"]=>\n  string(14) "${S}"\n}`),
  gone('a variable of Terraform', `variable "db_password" {\n  type = string\n  default = "${S}"\n}`, 'type = string'),
  kept('another variable', 'variable "region" {\n  default = "eu-north-1"\n}\nvariable "db_password" {}'),
  kept('references of Terraform', 'secret = aws_secretsmanager_secret.db.arn\ntoken = data.vault.app.token'),
  gone('a call', `jwt.sign({ sub: 42 }, '${S}', { expiresIn: '1h' })`, 'expiresIn'),
  // commands
  gone('mc', `mc --insecure alias set prod https://s3.shop.test KEYID ${S}`, 'https://s3.shop.test'),
  gone('mc admin', `mc admin user add prod app ${S}`),
  gone(
    'rclone',
    `rclone config create r s3 provider AWS secret_access_key ${S} region eu`,
    'provider AWS',
    'region eu',
  ),
  gone('kubectl', `kubectl create secret generic db --from-literal=conn=${S} -n prod`, '-n prod'),
  kept('kubectl: a map', 'kubectl create configmap x --from-literal=region=eu-north-1'),
  gone('secrets of an application', `fly secrets set DATABASE=${S} -a shop`, '-a shop'),
  gone('npm', `npm set //npm.shop.test/:_authToken ${S}`, 'npm.shop.test'),
  gone('ngrok', `ngrok config add-authtoken ${S}`),
  gone('ansible-vault', `ansible-vault encrypt_string '${S}' --name 'db'`),
  gone('ldapsearch', `ldapsearch -x -w${S} -s sub -b dc=shop`, '-s sub'),
  kept('a user and a group', 'docker run -u 1000:1000 nginx; adduser --disabled-password kim'),
  // what describes secrets
  [
    'specifications of MongoDB',
    { sort: { token: -1 }, projection: { password: 0, _id: 1 }, keyPattern: { apiKey: 1 } },
    [],
    ['"token":-1', '"password":0', '"apiKey":1'],
  ],
  kept('an inspected projection', 'users.findOne({ _id: 7 }, { projection: { password: 0, token: 0 } })'),
  gone('arguments of MIGRATE', { name: 'MIGRATE', args: ['10', '6379', 'k-52', '0', 'AUTH', S] }, 'k-52', '6379'),
  kept('texts about a session', { session: { expired: 'Your session has expired' } }, 'Your session has expired'),
  kept(
    'translations',
    { 'auth.expired': 'Your login has expired', 'errors.token': 'The token is not valid' },
    'has expired',
    'is not valid',
  ),
  kept('supported methods', { token_auth_methods_supported: ['client_secret_basic', 'none'] }, 'client_secret_basic'),
  kept('flags', { secretScanning: 'off', passwordAlgorithm: 'argon2id' }, '"off"', 'argon2id'),
  kept('secrets of a service', 'secrets:\n  - db_password\n  - api_token\n'),
  kept('a hidden password', '> PASS ###\n< 230 Login successful'),
];
