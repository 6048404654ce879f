type Value = readonly [key: string, value: unknown, reason: string];
const values = (reason: string, entries: Record<string, unknown>): Value[] =>
  Object.entries(entries).map(([key, value]) => [key, value, reason] as const);

/** Names and values that have to survive wherever they stand. */
export const BENIGN_KEYS: readonly Value[] = [
  ...values('looks like a secret word', {
    author: 'Ursula K.',
    authorId: 'a-9912',
    coAuthors: 'Ann',
    authority: 'Oslo',
    secretary: 'Ms Doe',
    keyboard: 'qwertz',
    keystroke: 'ctrl+k',
    monkey: 'see',
    tokenizer: 'cl100k',
    compass: 'NNE',
    passenger: 'Kim',
    passport_country: 'NO',
    bypass: 'cache',
    accessor: 'rA1wk0Y45YCufyfq',
    accessibilityYesOptionId: '0736f5ef-7e88-499a-80cc-90c85d2a5180',
    rapidMode: 'on',
    capital: 'Oslo',
    apiVersion: '2024-06-20',
    apiName: 'orders',
    pinned: 'top',
    pinterest: 'board',
    spinner: 'dots',
    shipping: 'fast',
    signature_style: 'cursive',
    sessionCount: 12,
    session_duration_ms: 5321,
    sid_count: 4,
    turkey: 'Europe/Istanbul',
    assertionStyle: 'jest',
    design: 'flat',
    codeVerifierMethod: 'S256',
  }),
  ...values('names a key that opens nothing', {
    primaryKey: 'order_id',
    foreign_key: 'fk_orders_user',
    sortKey: 'created_at',
    partitionKey: 'tenant#7',
    routingKey: 'orders.created',
    cacheKey: 'user:42:profile',
    idempotencyKey: 'b7f1',
    publicKeyId: 'k-2024',
    keyId: 'kid-7',
    keyName: 'prod-cmk',
    hotkey: 'ctrl+k',
    objectKey: 'images/1.png',
    i18nKey: 'cart.title',
    uniqueKey: 'sku-1',
    bucket_key: 'SalesResults-1.2',
    key_vault_name: 'web21prqodx24021',
    schemaKey: 'DOC_Vector_5_32',
    kms_key_id: '555ea4a3-d53a-4412-9c66-3a7cb667b0d6',
    clientId: '73082700-1f09-405b-80d0-3131bfd6272d',
  }),
  ...values('counts and measures', {
    tokenCount: 1366,
    max_tokens: 4096,
    'gen_ai.usage.input_tokens': 1289,
    total_tokens: 77,
    password_length: 12,
    passwordAttempts: 3,
    token_expires_in: 3600,
    secretCount: 2,
    tokensPerSecond: 31.5,
  }),
  ...values('says whether', {
    passwordResetEnabled: true,
    hasToken: false,
    is_authenticated: true,
    requires2FA: true,
    authEnabled: false,
  }),
  ...values('describes a credential without being one', {
    token_type: 'Bearer',
    tokenUrl: 'https://login.example/oauth/token',
    access_token_url: 'https://github.com/login/oauth/access_token',
    token_endpoint: 'https://login.example/oauth/token',
    authorization_endpoint: 'https://login.example/authorize',
    secretName: 'app-decryption-secret',
    LLM_SECRET_NAME: 'NEXUS-GPT4-API-KEY',
    tokenFile: '/run/secrets/token.cer',
    password_file: '/run/secrets/db_password',
    'credentials.url': 'dev-lb1.api.f4ke.example:5215',
    grant_type: 'authorization_code',
    auth_method: 'oidc',
    authType: 'oauth2',
  }),
  ...values('ids', {
    requestId: 'ceee0822-ed8f-4622-b2a3-789e73e75cd1',
    trace_id: '4c79f60c11214eb38604f4ae0781bfb2',
    commit: '43fc912ef59a83054ea7f6706df4d53a7dea4d80',
    mongoId: '507f1f77bcf86cd799439011',
    ulid: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    nanoid: 'V1StGXR8_Z5jdHi6B-myT',
    etag: 'W/"33a64df551425fcc55e4d42a148795d9f25f89d4"',
    checksum: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    session_id: 'ceee0822-ed8f-4622-b2a3-789e73e75cd1',
    discordUserId: '175928847299117063',
    sentry_trace: '4c79f60c11214eb38604f4ae0781bfb2-fa90fdead5f74052-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    herokuRequestId: 'a1b2c3d4-1111-4222-8333-444455556666',
    'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
    stripeCustomer: 'cus_NffrFeUfNV2Hib',
    paymentIntent: 'pi_3MtwBwLkdIwHu7ix28a3tqPa',
    mac_address: '4a:00:04:10:9b:50',
    device_imei: '356938035643809',
    isbn: '9783161484100',
    phone: '+1 415 555 0132',
  }),
  ...values('numbers', {
    orderNumber: '4539148803436460',
    invoice: 'INV-5500000000000005',
    shipment: '9400111899560000',
    epochMs: 1700000000123,
    nanos: '1544712660300000000',
    amount: 1999.95,
    price: '1,299.00 EUR',
    range: '10.4.2 - 11.0.0',
    buildVersion: '10.20.30.40',
    version: '1.2.3.4',
    date: '2024-01-31',
    ein: '12-3456789',
    part: '123-45-67891',
    latitude: '59.91387',
  }),
  ...values('empty', { password: null, token: '', apiKey: 'undefined', secret: 'null', auth: 'false' }),
];

const texts = (reason: string, lines: string): [string, string][] =>
  lines
    .trim()
    .split('\n')
    .map((line) => [line.trim(), reason]);

/** Sentences, code and logs that hold no secret. */
export const BENIGN_TEXTS: readonly (readonly [text: string, reason: string])[] = [
  ...texts(
    'sentences about secrets',
    `Password reset requested
    Password for user 42 was changed
    password must be longer than or equal to 8 characters, secret should not be empty
    Unexpected token < in JSON at position 0
    Unexpected token 'o', "not json" is not valid JSON
    token expired, please authenticate again
    Forgot password mail queued
    Rotating secrets finished, 3 credentials updated
    JwtStrategy requires a secret or key
    password authentication failed for user "app"
    TokenExpiredError: jwt expired
    JsonWebTokenError: invalid signature
    Bearer token is missing
    Bearer authentication required
    Basic authentication failed
    the token was rejected by the server
    the token is not valid before 2024-01-31
    your password is too short
    The password is required
    password is incorrect, 2 attempts left
    secret is missing in configuration
    Invalid API key provided
    API key is not configured
    no token found in request
    token refresh failed with status 401
    token v2 is deprecated
    password hashing with argon2id took 120 ms
    password hashed with sha256
    token base64 decoding failed
    secret k8s/app not found
    auth: oauth2 flow started
    The pin is required
    pin 4 of port 2 is high
    code 404 returned
    PIN pad connected
    session expired after 30 minutes
    Authentication-Results: mx.example; dkim=pass
    password combination
    Your one-time password expires in 10 minutes
    login failed: password mismatch
    token: string
    secret?: boolean
    Missing required parameter: token
    Author: Ursula
    apiUrl=apigee.corp.example
    otp is invalid
    pass 3 of 5 completed
    basic usage: see docs
    Digest algorithm MD5 is weak
    tests: 12 pass, 3 fail
    sign in with token failed for tenant acme
    The token count is 4096
    tokens: 120 input, 30 output
    key value pairs: 12
    keyboard=qwertz, monkey=see
    Unexpected token: keyword (else)
    const token = getToken();
    subtle.deriveKey() gives a Promise<CryptoKeyPair>;
    could be pass to \`shrink\` without context
    please use a token instead of a password`,
  ),
  ...texts(
    'placeholders',
    `SELECT id, password_hash FROM users WHERE email = $1 LIMIT $2
    UPDATE users SET password = ? WHERE id = ?
    INSERT INTO users (name, password) VALUES ($1, $2)
    SELECT * FROM sessions WHERE token = :token
    SELECT * FROM t WHERE api_key = @p1
    password=\${DB_PASSWORD}
    password={{ .Values.password }}
    token: $TOKEN
    Authorization: Bearer $API_KEY
    Authorization: Bearer <token>
    curl -u "$USER:$PASSWORD" https://a.example
    curl -u <user:password> https://a.example
    curl -k -X POST -I -u "SRVC:\${APPID}"
    curl -XGET -i -u "\${{ env.ELK_ID }}:\${{ build.env.ELK_PASS }}"
    curl --header "Authorization: Basic ..."
    curl -H "Authorization: Token **********"
    password=********
    key = AKIAXXXXXXXXXXXXXXXX
    principal AKIAIOSFODNN7EXAMPLE denied
    xoxb-xxxxxxxxx-xxxxxxxxxx-xxxxxxxxxxxx
    xoxp-XXXXXXXXXX-XXXXXXXXXX-XXXXXXXXXXX-XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    sgp_0000000000000000_0000000000000000000000000000000000000000
    GITHUB_API_KEY=
    if (password === undefined) throw`,
  ),
  ...texts(
    'addresses, versions, paths',
    `npm ERR! 404 lodash@4.17.21 is not in this registry
    git@github.com:acme/api.git cloned
    https://www.example.com/fr/testing/authenticate
    https://github.com/acme/api/commit/43fc912ef59a83054ea7f6706df4d53a7dea4d80
    https://github.com/xoxa-nyc/xoxa-nyc.github.io/blob/master/README.md
    /usr/src/app/src/auth/password.service.ts:42:17
    at AuthService.validateToken (/usr/src/app/dist/auth/token.service.js:10:5)
    C:\\Windows\\System32\\key.dll
    postgres:///path-visible
    postgres://localhost:5432/shop
    redis://cache:6379/0
    image aws-cli@sha256:eaaa7b11777babe28e6133a8b19ff71cea687e0d7f05158dee95a71f76ce3d00
    md5=5c94767cedb5d6987c902ac850ded2c6
    Chrome/120.0.0.0 Safari/537.36
    node v20.11.0 linux x64
    arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db
    https://a.example/?page=2&sort=-created_at&q=red%20shoes
    pid 4711 took 1,204 ms at 2024-01-31T12:34:56.789Z
    Mon, 22 Nov 2026 08:33:09 GMT
    12:30:45-13:00:00
    a::b::c and std::vector<int>
    foo::1
    import { JwtModule } from '@nestjs/jwt'
    @Controller('auth') class AuthController
    order 4539148803436460 shipped
    GET /auth/password/reset 200 12ms
    POST /oauth/token 401`,
  ),
];
