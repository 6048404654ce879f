import { S, type FieldCase } from './cases.js';

/** Secrets that a second outsider's corpus found left: the rules behind them, in other words. */
export const MISSED: readonly FieldCase[] = [
  [
    'headers of a partner',
    { headers: { 'X-Till-Key': S, 'Shop-Session': S, 'Idempotency-Key': 'b7f1', Host: 'till.test' } },
    [S],
    ['b7f1', 'till.test'],
  ],
  [
    'headers as pairs',
    {
      headers: [
        ['Till-Pass', S],
        ['Accept', 'text/html'],
      ],
    },
    [S],
    ['text/html'],
  ],
  ['header in a line', `> POST /pay HTTP/1.1\n> X-Till-Key: ${S}\n> Host: till.test`, [S], ['Host: till.test']],
  [
    'manifest of a secret',
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop' }, stringData: { 'app.conf': S, mode: S } },
    [S],
    ['app.conf', 'mode', '"shop"'],
  ],
  [
    'seed of NATS',
    'nats: SUAJ5ZPXB2HD4QW7YTRKLM6NCV3GFA2SEXOIUJ5ZPXB2HD4QW7YTRKLM6N is not accepted',
    ['ZPXB2HD4QW7YTRKLM6N'],
    ['is not accepted'],
  ],
  // Redis
  ['write with a lifetime', `SETEX reset_token:7 900 ${S}`, [S], ['reset_token:7 900']],
  ['write of a code', 'SET otp:kim 482913 EX 300', ['482913'], ['EX 300']],
  ['fields of a hash', `HMSET user:7 apiToken ${S} city Bergen`, [S], ['city Bergen']],
  ['several keys', `MSET city:7 Bergen refresh_token:7 ${S}`, [S], ['Bergen']],
  ['session', `set session:7 ${S}`, [S], ['session:7']],
  // statements and their values
  [
    'a statement and its list',
    ['e', 'INSERT INTO "users"("email", "password") VALUES ($1, $2)', ['kim', S]],
    [S],
    ['kim', 'INSERT INTO'],
  ],
  ['printed after the statement', `UPDATE users SET city = $1, api_token = $2 [ 'Bergen', '${S}' ]`, [S], ['Bergen']],
  ['with parameters', `SELECT 1 FROM users WHERE api_token = ? with parameters ["${S}"]`, [S], ['with parameters']],
  [
    'variables of a statement',
    { query: 'SELECT * FROM users WHERE api_token = $1 AND city = $2', variables: [S, 'Bergen'] },
    [S],
    ['Bergen'],
  ],
  // sentences
  ['provided', `Incorrect API key provided: ${S}`, [S], ['Incorrect API key provided']],
  ['not found', `Refresh token not found: ${S}`, [S], ['not found']],
  ['you entered', `the password you entered: "${S}"`, [S], ['you entered']],
  ['enum', `\`${S}\` is not a valid enum value for path \`token\`.`, [S], ['enum value']],
  ['minimum', 'Path `pin` (4821) is less than minimum allowed value (10000).', ['4821'], ['(10000)']],
  [
    'envalid',
    `Invalid environment variables:\n    API_SECRET: Invalid url: "${S}"\n    PORT: Invalid port input: "abc"`,
    [S],
    ['Invalid port input', 'abc'],
  ],
  ['mismatch', `password mismatch: expected ${S}, got x`, [S], ['mismatch: expected']],
  ['name of code', `var.db_password is "${S}", and var.db_city is "Bergen"`, [S], ['Bergen']],
  ['Portuguese', 'O seu código de verificação é 482913.', ['482913'], ['código de verificação']],
  ['Chinese', '您的验证码是 482913，请勿泄露', ['482913'], ['请勿泄露']],
  ['Russian', `ваш пароль ${S}, код подтверждения: 482913`, [S, '482913'], ['ваш пароль']],
  ['Japanese', `確認コードは 482913 です`, ['482913'], ['です']],
  // log-ins and commands
  ['log-in without a scheme', `dial app:${S}@tcp(db1:3306)/shop?parseTime=true: refused`, [S], ['@tcp(db1:3306)/shop']],
  ['log-in at a port', `connect to app:${S}@redis1:6379 failed`, [S], ['app:', '@redis1:6379']],
  ['printed words', `[ 'node', 'x.js', '--token', '${S}', '--port', '80' ]`, [S], ['--port', '80']],
  ['printed user', `["curl","-u","kim:${S}","https://a.test"]`, [S], ['kim', 'https://a.test']],
  ['list of words', { started: ['tool', '--api-key', S, '--port', '80'] }, [S], ['--port', '80']],
  ['AWS', `aws ssm put-parameter --name /shop/db_password --value ${S} --type String`, [S], ['--type String']],
  ['Azure', `az keyvault secret set --vault-name v --name db-password --value ${S}`, [S], ['--vault-name v']],
  ['Google', `gcloud secrets versions add db_password --data ${S}`, [S], ['versions add']],
  ['Dockerfile', `Step 4/9 : ENV DATABASE_PASSWORD ${S}\n#8 [5/9] ENV CITY Bergen`, [S], ['CITY Bergen']],
  ['here-document', `private_key = <<-EOT\n  ${S}\n  EOT\nregion = "eu"`, [S], ['region =', 'eu']],
  ['here-string', `docker login --password-stdin <<< "${S}"`, [S], ['--password-stdin']],
  ['etcd', `etcdctl put /db/password ${S}`, [S], ['/db/password']],
  ['OpenSSL', `openssl dgst -sha256 -hmac ${S} a.txt`, [S], ['-sha256', 'a.txt']],
  ['mask of a workflow', `::add-mask::${S}\n##[group]Run npm test`, [S], ['::add-mask::', 'Run npm test']],
  ['piped', `printf '%s' '${S}' | gh secret set TOKEN`, [S], ['gh secret set TOKEN']],
  ['input of a command', `wrangler secret put TOKEN <<< ${S}`, [S], ['put TOKEN']],
  ['code to use', 'Use code 482913 to log in', ['482913'], ['to log in']],
  ['a service and its token', `Invalid token: ${S}`, [S], ['Invalid token']],
  ['Redis as a list', { call: ['hset', 'user:7', 'password', S, 'city', 'Bergen'] }, [S], ['user:7', 'Bergen']],
];
