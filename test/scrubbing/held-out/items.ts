import { sample } from './samples.js';

type Item = readonly [reason: string, type: string, item: Record<string, unknown>, gone: string[], kept: string[]];

const word = 'Zephyr_quartz7';
const address = 'should be stripped despite lacking an address';

/** Whole items, where the place decides. */
export const ITEMS: readonly Item[] = [
  [
    'Relay: fields that hold an address go whatever they hold',
    'event',
    { user: { id: '7', ip_address: address } },
    [address],
    ['"id":"7"'],
  ],
  [
    'Relay: sdk.client_ip',
    'event',
    { sdk: { name: 'sentry.javascript', client_ip: address } },
    [address],
    ['sentry.javascript'],
  ],
  [
    'Relay: REMOTE_ADDR',
    'event',
    { request: { env: { REMOTE_ADDR: address, SERVER_PORT: '443' } } },
    [address],
    ['443'],
  ],
  [
    'Relay: user.ip of a span',
    'transaction',
    { type: 'transaction', spans: [{ sentry_tags: { 'user.ip': '73.133.27.120', x: 'y' } }] },
    ['73.133.27.120'],
    ['"x":"y"'],
  ],
  [
    'Relay: client.address',
    'span',
    {
      attributes: { 'client.address': { type: 'string', value: address }, 'url.path': { type: 'string', value: '/x' } },
    },
    [address],
    ['/x'],
  ],
  ['the server makes the address of {{auto}}', 'event', { user: { ip_address: '{{auto}}' } }, [], ['{{auto}}']],
  [
    'EventScrubber: x_real_ip and x_forwarded_for',
    'event',
    {
      request: {
        headers: {
          'X-Real-Ip': '203.0.113.4',
          'CF-Connecting-IP': '2001:db8::7',
          'True-Client-IP': '203.0.113.5',
          Forwarded: 'for=192.0.2.60;proto=http;by=203.0.113.43',
        },
      },
    },
    ['203.0.113.4', '2001:db8::7', '203.0.113.5', '192.0.2.60', '203.0.113.43'],
    ['proto=http'],
  ],
  [
    'Relay: user agent',
    'event',
    {
      request: {
        headers: [
          ['User-Agent', '127.0.0.1'],
          ['X-Client-Ip', '10.0.0.1'],
        ],
      },
    },
    ['10.0.0.1'],
    ['127.0.0.1'],
  ],
  [
    'EventScrubber: cookie header without a pair',
    'event',
    { request: { headers: { COOKIE: word, authorization: 'Bearer bla', ORIGIN: 'google.com' } } },
    [word, 'Bearer bla'],
    ['google.com'],
  ],
  [
    'tags as pairs',
    'event',
    {
      tags: [
        ['shard', 'eu-1'],
        ['ref', sample('ghp_{x36}')],
      ],
    },
    [sample('ghp_{x36}')],
    ['eu-1'],
  ],
  [
    'card in a source line',
    'event',
    {
      exception: {
        values: [
          {
            stacktrace: {
              frames: [
                {
                  filename: 'a.ts',
                  context_line: "  pay('4242424242424242', 'jo@shop.example');",
                  pre_context: ['const card = 4242424242424242;'],
                },
              ],
            },
          },
        ],
      },
    },
    ['4242424242424242'],
    ['const card'],
  ],
  [
    'quoted secret in a source line',
    'event',
    {
      exception: {
        values: [
          {
            stacktrace: {
              frames: [
                { context_line: "const apiKey = 'a8Kd02jfL3mQp9';", post_context: ['const password = input.value;'] },
              ],
            },
          },
        ],
      },
    },
    ['a8Kd02jfL3mQp9'],
    ['input.value'],
  ],
  [
    'names that are secrets',
    'event',
    {
      extra: {
        byUser: { 'jo@shop.example': 3 },
        byToken: { [sample('ghp_{x36}')]: 1 },
        byCard: { '4242424242424242': 1 },
      },
    },
    ['jo@shop.example', sample('ghp_{x36}'), '4242424242424242'],
    ['byUser'],
  ],
  ['names of a Map', 'event', { extra: { map: new Map([['jo@shop.example', 3]]) } }, ['jo@shop.example'], []],
  [
    'file name in multipart',
    'event',
    {
      request: {
        data: '--X\r\nContent-Disposition: form-data; name="scan"; filename="jo@shop.example.pdf"\r\nContent-Type: application/pdf\r\n\r\nx\r\n--X--',
      },
    },
    ['jo@shop.example'],
    ['scan'],
  ],
  [
    'multipart without quotes',
    'event',
    {
      request: {
        data: `--X\r\nContent-Disposition: form-data; name=password\r\n\r\n${word}\r\n--X\r\nContent-Disposition: form-data; name=page\r\n\r\nstays\r\n--X--`,
      },
    },
    [word],
    ['stays'],
  ],
  [
    'multipart, JSON part',
    'event',
    {
      request: {
        data: `--X\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"password":"${word}","page":"stays"}\r\n--X--`,
      },
    },
    [word],
    ['stays'],
  ],
  [
    'GraphQL variables',
    'event',
    {
      request: {
        api_target: 'GraphQL',
        data: { query: 'query { me }', operationName: 'Me', variables: { login: word, list: [{ a: word }] } },
      },
      contexts: { response: { data: { data: { me: { login: word } } } } },
    },
    [word],
    ['query { me }', 'Me'],
  ],
  [
    'GraphQL body as a text',
    'event',
    { request: { api_target: 'graphql', data: JSON.stringify({ query: 'query { me }', variables: { login: word } }) } },
    [word],
    ['query { me }'],
  ],
  [
    'GraphQL variables in a query string',
    'event',
    { request: { query_string: `query=%7Bme%7D&variables=${encodeURIComponent(JSON.stringify({ password: word }))}` } },
    [word],
    ['query='],
  ],
  [
    'HAR headers',
    'event',
    {
      extra: {
        headers: [
          { name: 'Authorization', value: word },
          { name: 'Accept', value: 'text/plain' },
        ],
      },
    },
    [word],
    ['text/plain'],
  ],
  [
    'key and value',
    'event',
    {
      extra: {
        settings: [
          { key: 'DB_PASSWORD', value: word },
          { key: 'PORT', value: '5432' },
        ],
      },
    },
    [word],
    ['5432'],
  ],
  ['environment list', 'event', { extra: { Env: [`DB_PASSWORD=${word}`, 'PORT=5432'] } }, [word], ['PORT=5432']],
  [
    'argument list',
    'event',
    { extra: { argv: ['node', 'app', '--password', word, '--port', '5432'], spawnargs: ['-u', `kim:${word}`] } },
    [word],
    ['5432', '--port'],
  ],
  ['raw headers', 'event', { extra: { rawHeaders: ['Host', 'a.example', 'X-Api-Key', word] } }, [word], ['a.example']],
  [
    'axios error',
    'event',
    {
      contexts: {
        AxiosError: {
          config: {
            headers: { Authorization: `Bearer ${word}`, Accept: 'text/plain' },
            data: `{"password":"${word}"}`,
            auth: { username: 'kim', password: word },
          },
        },
      },
    },
    [word],
    ['text/plain'],
  ],
  [
    'Redis',
    'transaction',
    {
      type: 'transaction',
      spans: [
        {
          op: 'db.redis',
          description: `SET session:7 ${word}`,
          data: { 'db.system': 'redis', 'db.statement': `SET session:7 ${word}` },
        },
        { op: 'db', description: `HSET user:7 token ${word}`, data: { 'db.system': 'redis' } },
      ],
    },
    [word],
    ['SET session:7', 'HSET user:7'],
  ],
  [
    'streamed span of Redis',
    'span',
    {
      items: [
        {
          name: `AUTH ${word}`,
          attributes: {
            'db.system.name': { value: 'redis', type: 'string' },
            'db.query.text': { value: `AUTH ${word}`, type: 'string' },
          },
        },
      ],
    },
    [word],
    ['AUTH'],
  ],
  [
    'parameters of a query',
    'transaction',
    {
      type: 'transaction',
      spans: [
        {
          op: 'db',
          description: 'SELECT 1',
          data: {
            'db.query.text': 'SELECT 1 FROM users WHERE city = $1 AND token = $2',
            'db.query.parameter.password': word,
            'db.query.parameter.0': 'stays',
            'db.query.parameter.1': word,
            'db.params': JSON.stringify(['stays', word]),
          },
        },
      ],
    },
    [word],
    ['stays'],
  ],
  [
    'header attributes',
    'span',
    {
      attributes: {
        'http.request.header.authorization': { value: [`Bearer ${word}`], type: 'array' },
        'http.request.header.x_api_key': { value: [word], type: 'array' },
        'http.request.header.accept': { value: ['text/plain'], type: 'array' },
      },
    },
    [word],
    ['text/plain'],
  ],
  [
    'cookie attribute as a whole',
    'span',
    { attributes: { 'http.request.header.cookie': { value: `session=${word}` } } },
    [word],
    ['http.request.header.cookie'],
  ],
  [
    'log parameters',
    'log',
    {
      items: [
        {
          body: 'login failed',
          attributes: {
            'sentry.message.template': { value: 'login failed for %s', type: 'string' },
            'sentry.message.parameter.0': { value: `password=${word}`, type: 'string' },
            'user.email': { value: 'jo@shop.example', type: 'string' },
          },
        },
      ],
    },
    [word, 'jo@shop.example'],
    ['login failed for %s'],
  ],
  [
    'AI messages',
    'transaction',
    {
      type: 'transaction',
      spans: [
        {
          data: {
            'gen_ai.request.messages': JSON.stringify([
              { role: 'user', content: 'card 4111-1111-1111-1111, jo@shop.example, Bearer abcdef123' },
            ]),
            'gen_ai.usage.total_tokens': 77,
          },
        },
      ],
    },
    ['4111-1111', 'jo@shop', 'abcdef123'],
    ['"gen_ai.usage.total_tokens":77', 'role'],
  ],
  [
    'feedback',
    'feedback',
    { contexts: { feedback: { message: `password: ${word}`, contact_email: 'jo@shop.example', name: 'Jo' } } },
    [word],
    ['"name":"Jo"', 'jo@shop.example'],
  ],
  [
    'user report',
    'user_report',
    { event_id: 'e', email: 'jo@shop.example', comments: `my password is ${word}`, name: 'Jo' },
    ['jo@shop.example', word],
    ['"name":"Jo"'],
  ],
  [
    'replay',
    'replay_event',
    { urls: [`https://a.example/?token=${word}`], replay_id: 'r1' },
    [word],
    ['https://a.example/', 'r1'],
  ],
  [
    'thread and its vars',
    'event',
    {
      threads: {
        values: [{ name: `worker ${sample('ghp_{x36}')}`, stacktrace: { frames: [{ vars: { password: word } }] } }],
      },
    },
    [word, sample('ghp_{x36}')],
    ['worker'],
  ],
  [
    'query of a breadcrumb',
    'event',
    {
      breadcrumbs: [
        {
          data: {
            url: 'https://a.example',
            'http.query': `page=2&token=${word}`,
            'http.fragment': `access_token=${word}`,
          },
        },
      ],
    },
    [word],
    ['page=2'],
  ],
  [
    'CSP report',
    'event',
    { csp: { blocked_uri: 'https://example.com/?foo=4111111111111111&bar=baz' } },
    ['4111111111111111'],
    ['bar=baz'],
  ],
  [
    'JWK as an object',
    'event',
    { extra: { jwk: { kty: 'EC', crv: 'P-256', x: 'stays', d: sample('{w43}') } } },
    [sample('{w43}')],
    ['kty'],
  ],
  [
    'what has to stay',
    'event',
    {
      event_id: '4111111111111111'.padEnd(32, '0'),
      release: 'api@1.2.3.4',
      dist: '378282246310005',
      modules: { 'passport-jwt': '4.0.1' },
      contexts: {
        trace: { trace_id: 'a'.repeat(32), span_id: '4539148803436467' },
        os: { kernel_version: '6.1.0.18' },
      },
    },
    [],
    ['4111111111111111', 'api@1.2.3.4', '378282246310005', '4.0.1', '4539148803436467', '6.1.0.18'],
  ],
];
