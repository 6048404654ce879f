import { S, type FieldCase } from './cases.js';

const kept = (name: string, value: unknown, ...parts: string[]): FieldCase => [
  name,
  value,
  [],
  parts.length > 0 ? parts : String(value).split('\n'),
];
const HEX = '7d8e01f3a2b94c56'.repeat(4);
const OTHER = '1c3b5a79e8d60f24'.repeat(4);
const SHA1 = HEX.slice(0, 40);
const BASE64 = 'mZ4t8+Qw1kVbX7Rt0LpYgHcJ5uQeNsDfAiOxTzKv9E0=';

/** Signatures of webhooks, codes and passwords that only what is around them tells. */
export const SIGNED: readonly FieldCase[] = [
  // signatures
  ['Stripe', `Header: t=1769000000,v1=${HEX},v0=${OTHER}`, [HEX, OTHER], ['t=1769000000,v1=', 'v0=']],
  ['Paddle', `Paddle-Signature: ts=1769000000;h1=${HEX}`, [HEX], ['ts=1769000000;h1=']],
  ['Slack', `signing failed: v0=${HEX} is not equal`, [HEX], ['is not equal']],
  ['Svix', `webhook-signature: v1,${BASE64} v1,${BASE64}`, [BASE64], ['webhook-signature']],
  ['GitHub', `signature mismatch: expected sha256=${HEX}, got sha256=${OTHER}`, [HEX, OTHER], ['got sha256=']],
  ['GitHub with SHA-1', `webhook refused, x-hub-signature sha1=${SHA1}`, [SHA1], ['webhook refused']],
  ['compared', `Invalid webhook signature: computed ${HEX}, header ${OTHER}`, [HEX, OTHER], ['computed', 'header']],
  ['Shopify', `X-Shopify-Hmac-SHA256: ${BASE64}`, [BASE64], ['X-Shopify-Hmac-SHA256']],
  [
    'headers',
    {
      headers: {
        'x-slack-signature': `v0=${HEX}`,
        'x-twilio-signature': 'c2lnbmVkLWJ5LXRoZS1zaG9wISE=',
        'x-app-access-sig': HEX,
        'x-hub-signature-256': `sha256=${HEX}`,
      },
      event: 'push',
    },
    [HEX, 'c2lnbmVkLWJ5LXRoZS1zaG9wISE='],
    ['push'],
  ],
  ['an error with the header', { header: `t=1769000000,v1=${HEX}`, payload: { id: 'evt_7' } }, [HEX], ['evt_7']],
  kept('checksums', `file hash sha256=${HEX} does not match the lock file, shop@sha256:${OTHER} pulled`),
  kept('checksums by name', { digest: HEX, headers: { digest: `SHA-256=${BASE64}` }, hash: SHA1 }, HEX, BASE64, SHA1),
  kept('signatures of functions', { signature: '(city: string) => void', signatures: 2 }, '=> void', '2'),
  kept('versions', 'release v1,2 of the api; v0=ok, t=12'),
  kept('no signatures', 'Signature verification failed: expected (a: string), got number'),
  // codes
  ['a code to check', { To: '+4722225555', Code: '482913', Status: 'pending' }, ['482913'], ['pending', '+4722225555']],
  ['a printed code', "{ to: '+4722225555', code: '482913' }", ['482913'], ['+4722225555']],
  ['a code of a verification', "verification failed: Code: '482913'", ['482913'], ['verification failed']],
  ['a code to enter', 'Enter 482913 as your login code', ['482913'], ['as your login code']],
  ['a code in German', 'Dein Bestätigungscode lautet 482913', ['482913'], ['lautet']],
  ['an e-mail code', { emailCode: S, smsOtp: S, city: 'Bergen' }, [S], ['Bergen']],
  kept('codes of errors', { code: '23505', email: 'none', detail: 'x' }, '23505'),
  kept('codes of products', { code: '482913', product: 'otter' }, '482913'),
  kept('printed codes of errors', "{ code: '482913', status: 500 }, Code: 1006, exit code 137, to: worker-3"),
  kept('numbers to enter', 'Enter 1000 as the page size, use 4096 as your key size'),
  // hashes and payloads that their neighbours tell
  ['a hash and its salt', { user: { hash: HEX, salt: SHA1, city: 'Bergen' } }, [HEX, SHA1], ['Bergen']],
  [
    'a log-in of SASL',
    { saslStart: 1, mechanism: 'PLAIN', payload: 'AGtpbQBNYXJibGU1Mg==' },
    ['AGtpbQBNYXJibGU1Mg'],
    ['PLAIN'],
  ],
  kept('a hash of a file, a payload', { hash: SHA1, payload: 'eyJhIjoxfQ', topic: 'otter' }, SHA1, 'eyJhIjoxfQ'),
  // long words
  ['a long word', 'the password is correcthorsebattery', ['correcthorsebattery'], ['password is']],
  ['a long word and what became of it', 'password thequickbrownfox rejected', ['thequickbrownfox'], ['rejected']],
  ['a wrong long word', 'wrong password thequickbrownfox', ['thequickbrownfox'], ['wrong password']],
  kept(
    'long words of a sentence',
    'The password is unrecognizable. The password is alphanumeric, case-insensitive. Password is straightforward\npassword characteristics failed, password administrators failed\npassphrase acknowledgement pending, secret storageaccounts',
  ),
  // marked up
  [
    'in HTML',
    `<p>Your temporary password is <b>swordfish</b>, <code>${S}</code></p>`,
    ['swordfish'],
    ['temporary password'],
  ],
  ['in Markdown', `Use the password **${S}** to log in`, [S], ['to log in']],
  // sentences
  ['in brackets', `the API key you are using (${S}) was revoked`, [S], ['was revoked']],
  kept('brackets without a key', 'the API key you are using (test mode) is limited, tokens used (42) and left (7)'),
  [
    'of an installation',
    `Please use the following password to proceed:\n\n${SHA1}\n\nIt is stored`,
    [SHA1],
    ['It is stored'],
  ],
  ['of a new user', `A temporary password is generated for root@localhost: ${S}`, [S], ['generated for']],
  ['with a remark', `==> shop: Password (since debug is enabled): ${S}`, [S], ['since debug is enabled']],
  ['of a user', `PASSWORD elastic = ${S}`, [S], ['PASSWORD elastic']],
  kept(
    'sentences with a colon',
    'token refresh failed for tenant-7: 503 upstream\npassword (optional): none\npassword policy = strict',
  ),
  ['refreshed', `shop:auth token refreshed: ${S} +3ms`, [S], ['token refreshed', '+3ms']],
  kept('whose it was', 'token issued: tenant-42, session token created: 7f3a1b2c-0d4e-4f5a-8b6c-9d7e0f1a2b3c'),
  ['your code', 'Your code is 482913, your login code: 482914', ['482913', '482914'], ['Your code is']],
  kept('other codes', 'Your exit code is 1370, your postal code: 50031, your country code is 0047'),
  [
    'the code of a callback',
    'checks failed {"code":"Qz7Lx2VbN9sKd4TgZ8wY","session_state":"open"}',
    ['Qz7Lx2VbN9sKd4TgZ8wY'],
    ['"session_state":"open"'],
  ],
  [
    'the code of a callback, as an object',
    { params: { code: 'Qz7Lx2VbN9sKd4TgZ8wY', redirect_uri: 'https://till.test' } },
    ['Qz7Lx2VbN9sKd4TgZ8wY'],
    ['till.test'],
  ],
  kept('a code beside an address', { code: 'ERR-2019-open', email: 'none' }, 'ERR-2019-open'),
  ['parameters of a portal', `CONTEXT:  unnamed portal parameter $2 = '${S}'`, [S], ['unnamed portal parameter $2 =']],
  ['a log-in of SASL in a sentence', `SASL response: \0till\0${S} was refused`, [S], ['was refused']],
  ['memcached', `set session_token:7 0 900 14\r\n${S}\r\n`, [S], ['session_token:7 0 900 14']],
  kept('other values of memcached', 'set city:7 0 900 9\nBergen-52'),
  // calls
  ['a log-in in a call', `db.auth("till", "${S}") failed`, [S], ['till', 'failed']],
  [
    'a third argument',
    `#0 /app/db.php(12): PDO->__construct('mysql:host=db1;d...', 'till', '${S}')`,
    [S],
    ['till', 'db.php(12)'],
  ],
  ['a connection of Java', `DriverManager.getConnection("jdbc:h2:mem", "till", "${S}");`, [S], ['jdbc:h2:mem']],
  kept(
    'other calls',
    "errors.login('failed', 'E-none'); mysqli_connect(host, user, password); app.auth('oidc', 'optional')",
  ),
  // values of others
  kept('a type and a lifetime', 'token_type=Bearer expires_in=3600 scope=read, Bearer expires=never'),
  kept('a job', 'Queue "password-emails": job 8f3c failed after 3 attempts'),
  kept('a name of secrets', 'imagePullSecrets: registry-credentials'),
  ['no name of secrets', `imagePullSecrets: ${S}`, [S], []],
  kept('a masked class', "Settings(api_key=SecretStr('**********'), port=80)"),
  ['a class', `Settings(api_key=SecretStr('${S}'), port=80)`, [S], ['port=80']],
  ['a variable after a name', `withCredentials: API_TOKEN=${S} sh: ./deploy`, [S], ['API_TOKEN', './deploy']],
  kept('an empty variable', 'withCredentials: CITY=Bergen PORT=80'),
  ['escaped lines of headers', `Request { headers: 'x-auth-key: ${S}\\r\\naccept: */*\\r\\n' }`, [S], ['accept: */*']],
];
