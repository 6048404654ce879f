import type { FieldCase } from './cases.js';

const S = 'Walnut-comet46';
/** As people choose them: no hyphen, a sign of a shell or of a URL. */
const TYPED = 'Tr0ub4dor&3x';

/** What drivers, ORMs, validators, caches and brokers print; the rules were read after it was written. */
export const STORES: readonly FieldCase[] = [
  [
    'mysql2 near',
    `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${S}')' at line 1`,
    [S],
    ['at line 1'],
  ],
  [
    'mysql2 near of a password',
    `ER_PARSE_ERROR: You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'password = '${S}'' at line 1`,
    [S],
    ['ER_PARSE_ERROR', 'at line 1'],
  ],
  [
    'mysql2 error object',
    {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
      sqlState: '23000',
      sqlMessage: `Duplicate entry '${S}' for key 'users.reset_token'`,
      sql: `insert into users (email, reset_token) values ('kim', '${S}')`,
    },
    [S],
    ['ER_DUP_ENTRY', '23000', 'insert into users'],
  ],
  [
    'mysql general log',
    `2026-11-28T10:00:00.000000Z\t   12 Query\tUPDATE users SET password_hash = SHA2('${S}', 256), city = 'Bergen' WHERE id = 7`,
    [S],
    ['WHERE id = 7'],
  ],
  [
    'mysql identified',
    `GRANT ALL ON shop.* TO 'app'@'%' IDENTIFIED BY '${TYPED}' WITH GRANT OPTION`,
    [TYPED],
    ['GRANT ALL', 'WITH GRANT OPTION'],
  ],
  [
    'mysql identified as',
    `CREATE USER 'app'@'10.0.0.%' IDENTIFIED WITH mysql_native_password AS '*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9'`,
    ['6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9'],
    ['mysql_native_password'],
  ],
  [
    'laravel bound values',
    `SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'a' for key 'users_email_unique' (Connection: mysql, SQL: insert into \`users\` (\`email\`, \`password\`, \`updated_at\`) values (kim, ${TYPED}, 2026-11-28 10:00:00))`,
    [TYPED],
    ['SQLSTATE[23000]', '2026-11-28 10:00:00'],
  ],
  [
    'laravel update',
    `SQLSTATE[22001]: String data, right truncated (SQL: update "users" set "remember_token" = ${S}, "city" = Bergen where "id" = 7)`,
    [S],
    ['SQLSTATE[22001]', 'Bergen'],
  ],
  [
    'laravel select',
    `SQLSTATE[42S22]: Column not found (Connection: pgsql, SQL: select * from "sessions" where "session_token" = ${S} limit 1)`,
    [S],
    ['limit 1'],
  ],
  [
    'kysely operation node',
    {
      kind: 'InsertQueryNode',
      columns: [
        { kind: 'ColumnNode', column: { kind: 'IdentifierNode', name: 'city' } },
        { kind: 'ColumnNode', column: { kind: 'IdentifierNode', name: 'password' } },
      ],
      values: { kind: 'ValuesNode', values: [{ kind: 'PrimitiveValueListNode', values: ['Bergen', S] }] },
    },
    [S],
    ['InsertQueryNode', 'password'],
  ],
  ['kysely compiled', { sql: 'update "user" set "api_key" = $1 where "id" = $2', parameters: [S, 12] }, [S], ['12']],
  [
    'knex bindings',
    { sql: 'select * from `sessions` where `token` = ? limit ?', bindings: [S, 1], method: 'select' },
    [S],
    ['limit ?', 'select'],
  ],
  [
    'knex message',
    `insert into "users" ("city", "password") values ('Bergen', '${S}') returning "id" - duplicate key value violates unique constraint "users_pkey"`,
    [S],
    ['duplicate key value'],
  ],
  [
    'knex unbound',
    `select * from users where reset_token = '${S}' - relation "users" does not exist`,
    [S],
    ['relation "users" does not exist'],
  ],
  [
    'sequelize replacements',
    { name: 'SequelizeDatabaseError', sql: 'UPDATE "U" SET "otp_secret"=$1 WHERE "id" = $2', parameters: [S, 3] },
    [S],
    ['SequelizeDatabaseError'],
  ],
  [
    'sequelize validation item',
    {
      name: 'SequelizeUniqueConstraintError',
      errors: [
        {
          message: 'apiToken must be unique',
          type: 'unique violation',
          path: 'apiToken',
          value: S,
          origin: 'DB',
          instance: null,
        },
      ],
    },
    [S],
    ['apiToken must be unique', 'unique violation'],
  ],
  [
    'sequelize log',
    `Executing (default): INSERT INTO "Users" ("id","password","createdAt") VALUES (DEFAULT,$1,$2) RETURNING "id"; "${S}", "2026-11-28 10:00:00.000 +00:00"`,
    [S],
    ['Executing (default)'],
  ],
  [
    'mikro-orm',
    `[query] insert into "user" ("city", "password") values ('Bergen', '${S}') returning "id" [took 3 ms, 1 row affected]`,
    [S],
    ['[took 3 ms'],
  ],
  [
    'drizzle',
    `Failed query: insert into "users" ("id", "email", "password_hash") values (default, $1, $2)\nparams: kim,${S}`,
    [S],
    ['Failed query'],
  ],
  [
    'drizzle object',
    { query: 'select "id" from "users" where "users"."magic_token" = $1', params: [S] },
    [S],
    ['select'],
  ],
  [
    'prisma invocation',
    `\nInvalid \`prisma.user.create()\` invocation:\n\n{\n  data: {\n    city: "Bergen",\n    password: "${S}",\n+   email: String\n  }\n}\n\nArgument \`email\` is missing.`,
    [S],
    ['Argument `email` is missing.', 'Bergen'],
  ],
  [
    'prisma query event',
    {
      query: 'SELECT "id" FROM "public"."Session" WHERE "sessionToken" = $1 LIMIT $2 OFFSET $3',
      params: `["${S}",1,0]`,
      duration: 3,
      target: 'quaint::connector::metrics',
    },
    [S],
    ['quaint::connector'],
  ],
  [
    'prisma raw',
    `Raw query failed. Code: \`23505\`. Message: \`Key (invite_token)=(${S}) already exists.\``,
    [S],
    ['23505'],
  ],
  ['pg detail composite', `Key (tenant_id, api_token)=(7, ${S}) already exists.`, [S], ['already exists']],
  [
    'pg failing row',
    `null value in column "city" of relation "users" violates not-null constraint\nDETAIL:  Failing row contains (7, kim, ${S}, null).`,
    [S],
    ['violates not-null'],
  ],
  ['pg detail parameters', `DETAIL:  parameters: $1 = 'kim', $2 = '${S}'`, [S], ['DETAIL']],
  [
    'pg log statement',
    `LOG:  execute <unnamed>: UPDATE users SET totp_secret = '${S}' WHERE id = 7`,
    [S],
    ['WHERE id = 7'],
  ],
  [
    'pg connection failed',
    `password authentication failed for user "app"; connection: host=db1 port=5432 user=app password=${S} sslmode=require`,
    [S],
    ['sslmode=require'],
  ],
  ['pg invalid input', `invalid input syntax for type uuid: "${S}"`, [], ['invalid input syntax']],
  [
    'pg client options',
    { connectionParameters: { host: 'db1', port: 5432, user: 'app', password: S, application_name: 'shop' } },
    [S],
    ['db1', 'shop'],
  ],
  [
    'mssql tedious',
    { config: { server: 'db1', authentication: { type: 'default', options: { userName: 'app', password: S } } } },
    [S],
    ['db1'],
  ],
  [
    'mssql conversion',
    `Conversion failed when converting the varchar value '${S}' to data type int. Statement: UPDATE u SET pin = '${S}'`,
    [S],
    ['Conversion failed'],
  ],
  [
    'mssql login',
    `Server=tcp:db1.database.windows.net,1433;Initial Catalog=shop;User ID=app;Password=${TYPED};Encrypt=True;`,
    [TYPED],
    ['Encrypt=True', 'db1.database.windows.net'],
  ],
  [
    'oracle ezconnect',
    `ORA-01017: invalid username/password; logon denied: sqlplus app/${S}@db1:1521/SHOP`,
    [S],
    ['ORA-01017', 'db1:1521/SHOP'],
  ],
  ['oracle alter', `ALTER USER app IDENTIFIED BY "${TYPED}" REPLACE "old-${S}"`, [TYPED, S], ['ALTER USER app']],
  ['sqlite attach key', `PRAGMA key = '${S}'; SELECT count(*) FROM sqlite_master`, [S], ['sqlite_master']],
  [
    'sqlite hexkey',
    `PRAGMA rekey = "x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'"`,
    ['2DD29CA851E7B56E4697B0E1F08507293D761A05'],
    ['PRAGMA'],
  ],
  [
    'snowflake',
    `CREATE USER kim PASSWORD = '${S}' DEFAULT_ROLE = 'ANALYST' MUST_CHANGE_PASSWORD = TRUE`,
    [S],
    ['ANALYST', 'TRUE'],
  ],
  [
    'redshift copy',
    `COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=AKIAIOSFODNN7QQQQQQQ;aws_secret_access_key=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' CSV`,
    ['wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzKEYa'],
    ['s3://b/k', 'CSV'],
  ],
  [
    'clickhouse',
    `CREATE TABLE t ENGINE = PostgreSQL('db1:5432', 'shop', 'users', 'app', '${S}')`,
    [S],
    ['CREATE TABLE t'],
  ],
  ['dblink', `SELECT * FROM dblink('host=db1 user=app password=${S}', 'select 1') AS t(x int)`, [S], ['select 1']],
  ['pgcrypto', `SELECT pgp_sym_decrypt(card, '${S}') FROM cards`, [S], ['FROM cards']],
  ['mongo duplicate', { code: 11000, keyPattern: { resetToken: 1 }, keyValue: { resetToken: S } }, [S], ['11000']],
  [
    'mongo duplicate text',
    `E11000 duplicate key error collection: shop.users index: email_1_inviteToken_1 dup key: { email: "kim", inviteToken: "${S}" }`,
    [S],
    ['E11000', 'shop.users'],
  ],
  [
    'mongoose cast',
    `Cast to Number failed for value "${S}" (type string) at path "pin"`,
    [S],
    ['Cast to Number failed'],
  ],
  [
    'mongoose cast object',
    { name: 'CastError', stringValue: `"${S}"`, valueType: 'string', kind: 'ObjectId', value: S, path: 'apiKey' },
    [S],
    ['CastError', 'ObjectId'],
  ],
  [
    'mongoose validator',
    {
      errors: {
        password: {
          name: 'ValidatorError',
          properties: { message: 'Path `password` is shorter', type: 'minlength', path: 'password', value: S },
          kind: 'minlength',
          path: 'password',
          value: S,
        },
      },
    },
    [S],
    ['minlength'],
  ],
  [
    'mongoose message',
    `User validation failed: password: Path \`password\` (\`${S}\`) is shorter than the minimum allowed length (20).`,
    [S],
    ['is shorter than the minimum allowed length (20)'],
  ],
  ['mongo sasl start', { command: { saslStart: 1, mechanism: 'PLAIN', payload: S } }, [S], ['saslStart', 'PLAIN']],
  ['mongo createUser', { createUser: 'app', pwd: S, roles: ['readWrite'] }, [S], ['readWrite']],
  [
    'mongo srv',
    `MongoServerError: bad auth : mongodb+srv://app:${encodeURIComponent('p@ss/word9')}@c0.x1.mongodb.net/shop?retryWrites=true`,
    ['p%40ss%2Fword9'],
    ['retryWrites=true', 'mongodb.net'],
  ],
  ['redis argv', { command: { name: 'auth', args: ['app', S] }, code: 'WRONGPASS' }, [S], ['WRONGPASS']],
  ['redis acl', `ACL SETUSER app on >${S} ~shop:* +@read`, [S], ['ACL SETUSER app', '+@read']],
  ['redis config', `CONFIG SET requirepass ${S}`, [S], ['CONFIG SET requirepass']],
  ['redis masterauth', `CONFIG SET masterauth "${S}"`, [S], ['masterauth']],
  ['redis monitor', `1700000000.123 [0 10.0.0.1:5000] "AUTH" "default" "${S}"`, [S], ['1700000000.123']],
  ['redis migrate', `MIGRATE db2 6379 "" 0 5000 AUTH ${S} KEYS a b`, [S], ['KEYS a b']],
  ['redis set of a session', `SETEX session:kim:token 3600 ${S}`, [S], ['3600']],
  [
    'ioredis options',
    { options: { host: 'r1', username: 'default', password: S, sentinelPassword: S, keyPrefix: 'shop:' } },
    [S],
    ['r1', 'shop:'],
  ],
  [
    'elastic client',
    { meta: { connection: { headers: { authorization: `ApiKey ${S}` } } }, statusCode: 401 },
    [S],
    ['401'],
  ],
  ['elastic config', { node: 'https://es:9200', auth: { apiKey: { id: 'a1', api_key: S } } }, [S], ['es:9200']],
  [
    'elastic reason',
    `security_exception: [security_exception] Reason: unable to authenticate with provided credentials: ApiKey ${S} at es:9200`,
    [S],
    ['security_exception'],
  ],
  [
    'kafka librdkafka',
    `%3|1700000000.1|FAIL|rdkafka#producer-1| sasl.username=app sasl.password=${S} bootstrap.servers=k1:9093`,
    [S],
    ['k1:9093'],
  ],
  [
    'kafka properties',
    `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username='app' password='${S}';\nacks=all`,
    [S],
    ['acks=all'],
  ],
  [
    'kafka keystore',
    `ssl.keystore.password=${S}\nssl.key.password=${TYPED}\nssl.endpoint.identification.algorithm=https`,
    [S, TYPED],
    ['algorithm=https'],
  ],
  [
    'amqp url',
    `Handshake terminated by server: 403 (ACCESS-REFUSED) amqp://shop:${S}@mq1:5672/%2F?heartbeat=30`,
    [S],
    ['heartbeat=30', 'mq1:5672'],
  ],
  ['amqp sasl response', { mechanism: 'PLAIN', response: `\u0000shop\u0000${S}`, locale: 'en_US' }, [S], ['en_US']],
  ['rabbitmqctl', `rabbitmqctl change_password shop ${S}`, [S], ['rabbitmqctl change_password shop']],
  ['rabbitmqctl add', `rabbitmqctl -n rabbit@mq1 add_user shop '${TYPED}'`, [TYPED], ['add_user shop']],
  [
    'nats',
    {
      servers: ['nats://n1:4222'],
      user: 'app',
      pass: S,
      nkeySeed: 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY',
    },
    [S, 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY'],
    ['n1:4222'],
  ],
  [
    'nats connect',
    `[TRC] 10.0.0.1:50000 - cid:5 - <<- [CONNECT {"verbose":false,"user":"app","pass":"${S}","lang":"nats.js"}]`,
    [S],
    ['nats.js'],
  ],
  [
    'mqtt',
    {
      cmd: 'connect',
      clientId: 'till-7',
      username: 'till',
      password: { type: 'Buffer', data: [115, 51, 99, 114, 51, 116] },
      keepalive: 60,
    },
    ['115,51,99'],
    ['till-7', '60'],
  ],
  ['cassandra', `PlainTextAuthProvider(username=cassandra, password=${S}, authId=x)`, [S], ['username=cassandra']],
  ['neo4j', `neo4j.auth.basic('neo4j', '${S}')`, [S], ['neo4j.auth.basic']],
  ['influx', `influx -username admin -password '${TYPED}' -database shop`, [TYPED], ['-database shop']],
  [
    'cv nested',
    {
      statusCode: 400,
      message: [
        {
          target: { login: 'kim', password: S },
          value: S,
          property: 'password',
          children: [],
          constraints: { minLength: 'password must be longer' },
        },
      ],
    },
    [S],
    ['minLength', 'password must be longer'],
  ],
  [
    'zod received',
    {
      issues: [
        {
          code: 'invalid_literal',
          expected: 'x',
          received: S,
          path: ['user', 'accessToken'],
          message: 'Invalid literal value',
        },
      ],
    },
    [S],
    ['invalid_literal', 'accessToken'],
  ],
  [
    'zod input',
    {
      name: 'ZodError',
      issues: [{ code: 'invalid_format', format: 'regex', input: S, path: ['pin'], message: 'Invalid' }],
    },
    [S],
    ['invalid_format'],
  ],
  [
    'zod enum',
    `Invalid enum value. Expected 'a' | 'b', received '${S}' at "clientSecret"`,
    [S],
    ['Invalid enum value'],
  ],
  [
    'joi context',
    {
      details: [
        {
          message: '"password" length must be at least 20',
          path: ['password'],
          type: 'string.min',
          context: { limit: 20, value: S, label: 'password', key: 'password' },
        },
      ],
      _original: { login: 'kim', password: S },
    },
    [S],
    ['string.min', 'kim'],
  ],
  [
    'joi message',
    `"password" with value "${S}" fails to match the required pattern: /^[a-z]+$/`,
    [S],
    ['fails to match the required pattern'],
  ],
  [
    'joi annotate',
    `{\n  "login": "kim",\n  "password" [1]: "${S}"\n}\n\n[1] "password" length must be at least 20 characters long`,
    [S],
    ['length must be at least 20'],
  ],
  [
    'ajv data',
    {
      errors: [
        {
          instancePath: '/credentials/apiKey',
          schemaPath: '#/properties/apiKey/pattern',
          keyword: 'pattern',
          params: { pattern: '^k' },
          message: 'must match pattern',
          data: S,
        },
      ],
    },
    [S],
    ['must match pattern', '/credentials/apiKey'],
  ],
  [
    'ajv parent data',
    { instancePath: '', keyword: 'required', params: { missingProperty: 'city' }, data: { secretKey: S } },
    [S],
    ['missingProperty'],
  ],
  [
    'yup value',
    {
      name: 'ValidationError',
      value: { user: 'kim', password: S },
      path: 'password',
      params: { value: S, originalValue: S, path: 'password', min: 20 },
    },
    [S],
    ['ValidationError'],
  ],
  [
    'yup cast',
    `The value of pin could not be cast to a value that satisfies the schema type: "number". \n\npath:  pin \nfailed value: "${S}" \nresult of cast: NaN`,
    [S],
    ['result of cast'],
  ],
  [
    'valibot',
    {
      kind: 'schema',
      type: 'string',
      input: S,
      expected: 'number',
      received: `"${S}"`,
      message: `Invalid type: Expected number but received "${S}"`,
      path: [{ type: 'object', origin: 'value', key: 'password', value: S }],
    },
    [S],
    ['Expected number'],
  ],
  [
    'superstruct',
    `Expected a value of type \`number\` for \`token\` but received \`"${S}"\`.`,
    [S],
    ['Expected a value of type'],
  ],
  ['io-ts', `Invalid value "${S}" supplied to : { apiKey: number }/apiKey: number`, [S], ['supplied to']],
  [
    'typebox',
    { type: 54, schema: { type: 'number' }, path: '/secret', value: S, message: 'Expected number' },
    [S],
    ['Expected number'],
  ],
  [
    'fastest-validator',
    [{ type: 'stringMin', message: "The 'password' field length must be", field: 'password', expected: 20, actual: S }],
    [S],
    ['stringMin'],
  ],
  [
    'nest envelope',
    { response: { errors: [{ field: 'confirmPassword', rejectedValue: S, code: 'Mismatch' }] } },
    [S],
    ['Mismatch'],
  ],
  [
    'spring binding',
    `Field error in object 'user' on field 'password': rejected value [${S}]; codes [Size.user.password,Size]; default message [size must be between 8 and 12]`,
    [S],
    ['size must be between 8 and 12'],
  ],
  [
    'json patch',
    {
      patch: [
        { op: 'replace', path: '/users/7/password', value: S },
        { op: 'add', path: '/city', value: 'Bergen' },
      ],
    },
    [S],
    ['replace', 'Bergen'],
  ],
  ['json patch test', `[{"op":"test","path":"/apiKey","value":"${S}"},{"op":"remove","path":"/a"}]`, [S], ['remove']],
  [
    'scim patch',
    {
      Operations: [
        { op: 'Replace', path: 'urn:x:User:password', value: S },
        { op: 'Add', path: 'displayName', value: 'Kim' },
      ],
    },
    [S],
    ['displayName'],
  ],
  ['audit', { changes: [{ field: 'api_key', oldValue: `old-${S}`, newValue: S, by: 7 }] }, [S], ['api_key', '"by":7']],
  [
    'audit from to',
    {
      diff: [
        { attribute: 'webhookSecret', from: S, to: `${S}x` },
        { attribute: 'city', from: 'Oslo', to: 'Bergen' },
      ],
    },
    [S],
    ['Oslo', 'Bergen'],
  ],
  ['audit tuple', { changes: { password_hash: ['x1y2z3a4b5', S], city: ['Oslo', 'Bergen'] } }, [S], ['Bergen']],
  ['deep diff', [{ kind: 'E', path: ['settings', 'smtpPassword'], lhs: `${S}a`, rhs: S }], [S], ['smtpPassword']],
  [
    'ssm parameters',
    {
      Parameters: [
        { ParameterKey: 'DbPassword', ParameterValue: S },
        { ParameterKey: 'Stage', ParameterValue: 'prod' },
      ],
    },
    [S],
    ['prod'],
  ],
  [
    'ecs overrides',
    {
      overrides: {
        containerOverrides: [
          {
            name: 'web',
            environment: [
              { name: 'SESSION_SECRET', value: S },
              { name: 'STAGE', value: 'prod' },
            ],
          },
        ],
      },
    },
    [S],
    ['prod', 'web'],
  ],
  [
    'form entries',
    {
      entries: [
        ['login', 'kim'],
        ['password', S],
        ['remember', 'on'],
      ],
    },
    [S],
    ['remember'],
  ],
  [
    'hasura internal',
    {
      errors: [
        {
          extensions: {
            path: '$',
            code: 'postgres-error',
            internal: {
              statement: 'INSERT INTO users (city, password) VALUES ($1, $2)',
              prepared: true,
              arguments: ['(Oid 25,Just ("Bergen",Binary))', `(Oid 25,Just ("${S}",Binary))`],
            },
          },
          message: 'database query error',
        },
      ],
    },
    [S],
    ['postgres-error', 'database query error'],
  ],
  [
    'graphql variable',
    `Variable "$input" got invalid value { login: "kim", password: "${S}" }; Field "remember" of required type "Boolean!" was not provided.`,
    [S],
    ['of required type'],
  ],
  [
    'graphql variable at',
    `Variable "$password" got invalid value "${S}"; Int cannot represent non-integer value: "${S}"`,
    [S],
    ['Int cannot represent'],
  ],
  [
    'graphql literal',
    'mutation { resetPassword(token: "' + S + '", newPassword: "' + TYPED + '") { ok } }',
    [S, TYPED],
    ['resetPassword'],
  ],
  [
    'apollo request',
    { operationName: 'Login', variables: { login: 'kim', pass: S }, extensions: { persistedQuery: { version: 1 } } },
    [S],
    ['Login', 'persistedQuery'],
  ],
];
