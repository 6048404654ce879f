import { S, type FieldCase } from './cases.js';

/** Validators, patches, audit records, settings. */
export const VALIDATORS: readonly FieldCase[] = [
  [
    'class-validator',
    [
      {
        target: { name: 'kim' },
        property: 'newPassword',
        value: S,
        children: [],
        constraints: { minLength: 'newPassword must be longer than or equal to 12 characters' },
      },
    ],
    [S],
    ['kim', 'must be longer than or equal to 12'],
  ],
  [
    'joi',
    {
      details: [
        {
          message: '"pin" length must be 4 characters long',
          path: ['card', 'pin'],
          type: 'string.length',
          context: { limit: 4, value: S, label: 'card.pin', key: 'pin' },
        },
      ],
    },
    [S],
    ['length must be 4 characters long', 'string.length'],
  ],
  [
    'joi: pattern in the message',
    `"apiKey" with value "${S}" fails to match the required pattern: /^[a-z]+$/`,
    [S],
    ['fails to match'],
  ],
  [
    'zod 4 with input',
    {
      issues: [
        { code: 'invalid_type', expected: 'number', path: ['user', 'passcode'], input: S, message: 'Invalid input' },
      ],
    },
    [S],
    ['invalid_type'],
  ],
  [
    'valibot',
    {
      issues: [
        {
          kind: 'schema',
          type: 'number',
          input: S,
          expected: 'number',
          received: `"${S}"`,
          path: [{ type: 'object', origin: 'value', key: 'secret', value: S }],
        },
      ],
    },
    [S],
    ['schema'],
  ],
  [
    'yup',
    {
      name: 'ValidationError',
      path: 'token',
      value: S,
      errors: ['token is invalid'],
      params: { value: S, originalValue: S, path: 'token' },
    },
    [S],
    ['token is invalid'],
  ],
  [
    'ajv, verbose',
    { instancePath: '/auth/clientSecret', keyword: 'type', message: 'must be number', data: S },
    [S],
    ['must be number'],
  ],
  [
    'mongoose',
    { name: 'CastError', kind: 'Number', path: 'pinCode', value: S, stringValue: `"${S}"`, valueType: 'string' },
    [S],
    ['CastError'],
  ],
  [
    'mongoose: message',
    `Cast to Number failed for value "${S}" (type string) at path "pinCode" for model "User"`,
    [S],
    ['for model'],
  ],
  [
    'superstruct',
    `Expected a value of type \`number\` for \`accessToken\` but received \`"${S}"\`.`,
    [S],
    ['Expected a value'],
  ],
  [
    'spring',
    `Field error in object 'login' on field 'password': rejected value [${S}]; codes [Size.login.password]`,
    [S],
    ['Size.login.password'],
  ],
  [
    'pydantic',
    `1 validation error for Login\npassword\n  String should have at most 8 characters [type=string_too_long, input_value='${S}', input_type=str]`,
    [S],
    ['string_too_long'],
  ],
  [
    'graphql',
    `Variable "$password" got invalid value "${S}"; Int cannot represent non-integer value`,
    [S],
    ['got invalid value'],
  ],
  [
    'elasticsearch',
    `failed to parse field [password] of type [long] in document with id '1'. Preview of field's value: '${S}'`,
    [S],
    ['of type [long]'],
  ],
  [
    'JSON Patch',
    [
      { op: 'replace', path: '/user/password', value: S },
      { op: 'add', path: '/city', value: 'Bergen' },
    ],
    [S],
    ['Bergen'],
  ],
  [
    'audit record',
    { entity: 'user', field: 'recovery_code', oldValue: `${S}a`, newValue: S, at: '2026-01-02' },
    [S],
    ['2026-01-02'],
  ],
  [
    'audit: from and to',
    {
      changes: [
        { property: 'apiKey', from: S, to: `${S}b` },
        { property: 'city', from: 'Oslo', to: 'Bergen' },
      ],
    },
    [S],
    ['Oslo', 'Bergen'],
  ],
  [
    'CloudFormation',
    [
      { ParameterKey: 'DBPassword', ParameterValue: S },
      { ParameterKey: 'Stage', ParameterValue: 'prod' },
    ],
    [S],
    ['prod'],
  ],
  ['SSM', { Name: '/shop/prod/license', Type: 'SecureString', Value: S }, [S], ['SecureString']],
  [
    'ECS',
    {
      containerDefinitions: [
        {
          environment: [
            { name: 'JWT_SECRET', value: S },
            { name: 'PORT', value: '3000' },
          ],
        },
      ],
    },
    [S],
    ['3000'],
  ],
  [
    'Terraform output',
    { outputs: { dsn: { value: S, type: 'string', sensitive: true }, host: { value: 'db.test', type: 'string' } } },
    [S],
    ['db.test'],
  ],
  ['GitLab variable', { key: 'DEPLOY_HOOK', value: S, masked: true, variable_type: 'env_var' }, [S], ['env_var']],
  [
    'table',
    {
      header: ['name', 'apiToken', 'city'],
      rows: [
        ['kim', S, 'Bergen'],
        ['ann', `${S}b`, 'Oslo'],
      ],
    },
    [S],
    ['Bergen', 'Oslo', 'kim'],
  ],
  [
    'HAR',
    {
      request: {
        headers: [
          { name: 'X-Auth-Token', value: S },
          { name: 'Accept', value: 'text/html' },
        ],
      },
    },
    [S],
    ['text/html'],
  ],
  [
    'messages of Laravel stay',
    { errors: { password: ['The password field must be at least 12 characters.'] } },
    [],
    ['must be at least 12 characters'],
  ],
  [
    'flattened errors of zod stay',
    { fieldErrors: { token: ['Required'], password: ['String must contain at least 8 character(s)'] } },
    [],
    ['at least 8 character(s)'],
  ],
  [
    'class-validator of Nest stays',
    {
      message: ['password must be longer than or equal to 8 characters', 'token must be a jwt string'],
      error: 'Bad Request',
    },
    [],
    ['longer than or equal to 8', 'must be a jwt string'],
  ],
  [
    'joi stays',
    '"password" length must be at least 8 characters long',
    [],
    ['length must be at least 8 characters long'],
  ],
  ['patch of a harmless path stays', [{ op: 'replace', path: '/settings/theme', value: 'dark' }], [], ['dark']],
  ['type of a token stays', { field: 'tokenType', oldValue: 'Bearer', newValue: 'DPoP' }, [], ['DPoP']],
];
