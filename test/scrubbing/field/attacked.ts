import { S, type FieldCase } from './cases.js';

const kept = (name: string, value: unknown, ...parts: string[]): FieldCase => [
  name,
  value,
  [],
  parts.length > 0 ? parts : String(value).split('\n'),
];
const gone = (name: string, value: unknown, ...parts: string[]): FieldCase => [name, value, parts, []];

/** Secrets in the form of what is kept, and near misses of the rules that tell them apart. */
export const ATTACKED: readonly FieldCase[] = [
  // code and settings
  gone('brackets in a variable', 'DB_PASSWORD=Summer(otter)\nSECRET_KEY=data.lake', 'Summer', 'lake'),
  gone('brackets in a query', '/login?password=Summer(2024)&n=1', 'Summer', '2024'),
  gone('brackets in a connection string', 'Server=a;Password=marble.otter(lake);X=1', 'marble', 'lake'),
  gone('digits in brackets', 'password = Summer(2024)', 'Summer'),
  gone('a word with a dot', 'password: key.marble\nport: 1', 'marble'),
  kept('calls', 'const token = getToken(user);\nthis.secret = key.publicKey;\npassword: req.body.password'),
  gone('Rust', `let password: &str = "${S}"; static SECRET: &'static str = "${S}";`, S),
  gone('Go', `var password *string = "${S}"`, S),
  kept('other types', `let city: &str = "${S}"; fn login(token: &str, password: &String)`),
  // deeds
  gone('words after a colon', 'login user:kim password:admin', ':admin'),
  gone('more after a deed', `secret:login:${S} token:find:Qz8kd93hfke72hd password:test.${S}`, S, 'Qz8kd93hfke72hd'),
  gone('digits after a colon', 'user:kim db_password:4821', '4821'),
  gone('a word after a plural', 'tokens:sunflower', 'sunflower'),
  kept('deeds', 'scope token:write:all failed; job reset-password:42, npm run password:reset; password:reset failed'),
  // what only describes a secret
  gone(
    'words under the name of a check',
    { passwordCheck: 'sunflower', pwdValidation: 'open-sesame' },
    'sunflower',
    'sesame',
  ),
  gone(
    'digits under other names',
    { cvvCheck: '931', passwordReset: '19840412', pin: { reset: 4821, tries: 3 } },
    '931',
    '19840412',
    '4821',
  ),
  gone(
    'hints',
    { passwordHint: 'Sunflower-20', secretNote: 'Otter_2031', passwordTitle: 'sunflower' },
    'Sunflower',
    'Otter',
    'sunflower',
  ),
  gone('messages', { errors: { password: `"${S}" is weak`, apiKey: ['sunflower is too short'] } }, S, 'sunflower'),
  gone('fields', { fields: { password: 'this is mine' } }, 'this is mine'),
  gone('files', { secretFile: 'wJalrXUtnF/K7MDENGbPx', tokenPath: 'Marble/otter92kd8' }, 'wJalr', 'otter92'),
  gone(
    'hosts',
    { secretHost: 'tulip.gravel83', tokenIssuer: 'WbHSft51OmO6l9datbol.lPjzZ31dkiBUFWRRb0pK.test' },
    'gravel83',
    'WbHSft',
  ),
  gone('links', { passwordUrl: 'https://a.test/x/WSnR8mUy0aXWS4J9UVvyjS4N' }, 'WSnR8mUy0aXWS4J9UVvyjS4N'),
  gone('patterns', { passwordPattern: 'Marble92$', secretRegex: '^Marble92xx' }, 'Marble92'),
  gone('references', { secret: { name: 'jwt', key: 'openSesame' }, token: { name: 'a', path: S } }, 'openSesame', S),
  [
    'what describes a secret',
    {
      cvcCheck: 'pass',
      passwordCheck: 'failed',
      passwordReset: '2026-01-01T10:00:00Z',
      pinReset: 'done',
      passwordHint: 'at least 8 characters',
      errors: { password: ['must be longer', 'Password is too common'], token: '"token" is required' },
      secretFile: '/run/secrets/db',
      tokenPath: 'config/token',
      secretHost: 'vault.shop.test',
      tokenUrl: 'https://id.shop.test/oauth/token',
      passwordPattern: '^[a-z]{8}$',
      tokenId: '7f3a-12',
      secretKeyRef: { name: 'db', key: 'password' },
    },
    [],
    [
      '"pass"',
      'failed',
      '2026-01-01T10:00:00Z',
      'done',
      'at least 8 characters',
      'must be longer',
      'is too common',
      'is required',
      '/run/secrets/db',
      'config/token',
      'vault.shop.test',
      'https://id.shop.test/oauth/token',
      '[a-z]{8}',
      '7f3a-12',
      '"key":"password"',
    ],
  ],
];
