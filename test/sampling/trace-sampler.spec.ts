import * as fc from 'fast-check';
import { ConfigurationError } from '../../lib/options/configuration-error.js';
import { compileGlob } from '../../lib/sampling/glob.js';
import { hasOperationPatterns, compileNameMatcher, compileTraceSampler } from '../../lib/sampling/index.js';

const matches = (pattern: string | RegExp | Array<string | RegExp>, name: string, path?: string, method?: string) =>
  compileNameMatcher(pattern, 'test')({ name, path, method });

describe('a pattern', () => {
  test.each([
    ['POST /payments/*', 'POST /payments/1', true],
    ['POST /payments/*', 'POST /payments/1/refunds/2', true],
    ['POST /payments/*', 'POST /payments', true],
    ['POST /payments/*', 'POST /paymentsx', false],
    ['POST /payments/*', 'GET /payments/1', false],
    ['post /payments/*', 'POST /Payments/1/', true],
    ['GET|HEAD /feed', 'HEAD /feed', true],
    ['GET|HEAD /feed', 'POST /feed', false],
    ['ALL /feed', 'POST /feed', true],
    ['GET *', 'GET /anything/at/all', true],
    ['GET *', 'POST /anything', false],
    ['/health*', 'GET /health', true],
    ['/health*', 'GET /healthz', true],
    ['/health*', 'GET /health/live', true],
    ['/health*', 'GET /api/v1/health?full=1', true],
    ['/health*', 'GET /v2.1/health', true],
    ['/health*', 'GET /shop/health', false],
    ['*/health', 'GET /shop/health', true],
    ['/api/health', 'GET /health', false],
    ['/v1/orders', 'GET /api/v1/orders', true],
    ['/v1/orders', 'GET /v2/orders', false],
    ['GET /orders/:id', 'GET /orders/42', true],
    ['GET /orders/:id', 'GET /orders/42/', true],
    ['GET /orders/:id', 'GET /orders/42#top', true],
    ['GET /orders/:id', 'GET /orders/:orderId', true],
    ['GET /orders/:id', 'GET /orders', false],
    ['GET /orders/:id', 'GET /orders/42/items', false],
    ['GET /orders/:id(\\d+)', 'GET /orders/42', true],
    ['/orders/*/items', 'GET /orders/1/2/items', true],
    ['/orders/*/items', 'GET /orders/items', false],
    ['/a*b*c', 'GET /axxbyyc', true],
    ['/a*b*c', 'GET /axxbyy', false],
    ['/files/:name/*', 'GET /files/a/b/c', true],
    ['/files/:name/*', 'GET /files', false],
    ['/', 'GET /', true],
    ['/', 'GET /x', false],
    ['job mail *', 'job mail welcome', true],
    ['job mail *', 'job mailing welcome', false],
    ['rpc orders.*', 'rpc orders.created', true],
    ['rpc orders.*', 'rpc ordersXcreated', false],
    ['event user:created', 'event user:created', true],
    ['query cats', 'query Cats', true],
    ['query cats', 'query catsOfOwner', false],
    ['cron *', 'cron nightly', true],
    ['*', 'job anything', true],
    ['*', 'GET /x', true],
    ['/x', 'job /x', false],
    [/^\/admin\//g, 'GET /admin/users', true],
    [/^GET \/Admin/, 'GET /Admin/users', true],
    [/^job (?:a|b) /, 'job b x', true],
  ] as Array<[string | RegExp, string, boolean]>)('%s on %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
    expect(matches(pattern, name)).toBe(expected); // no state is kept between tests
  });

  test('is compared with the raw path and with the route template', () => {
    expect(matches('GET /orders/:id', 'GET', '/orders/42?x=1', 'get')).toBe(true);
    expect(matches('GET /orders/42', 'GET /orders/:id', '/orders/42', 'GET')).toBe(true);
    expect(matches('GET /orders/:id', 'GET /orders/:id', '/other', 'GET')).toBe(true);
    expect(matches('/orders/:id', 'GET', 'https://shop.test/orders/42?x=1', 'GET')).toBe(true);
    expect(matches('POST /graphql', 'query cats', '/graphql', 'POST')).toBe(true);
    expect(matches('query cats', 'query cats', '/graphql', 'POST')).toBe(true);
  });

  test('with a method is compared by path if the method is unknown', () => {
    expect(matches('GET /orders', '/orders')).toBe(true);
    expect(matches('GET /orders', '/other')).toBe(false);
  });

  test('agrees with a regular expression on any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '/', '*', '/:p'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (glob, candidate) => {
        const bare = glob.length > 2 && glob.endsWith('/*') ? glob.slice(0, -2) : glob;
        const source = (part: string): string => part.replace(/:p[ab]*/g, '[^/]+').replaceAll('*', '.*');
        const expected = new RegExp(`^(?:${source(glob)}|${source(bare)})$`).test(candidate);
        expect(compileGlob(glob, 'path')(candidate)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('matches in linear time', () => {
    let read = 0;
    class Counted extends String {
      override charCodeAt(index: number): number {
        read++;
        return super.charCodeAt(index);
      }
    }
    const matcher = compileGlob('*a*a*a*a*a*b', 'name');
    expect(matcher(new Counted('a'.repeat(1_000)) as string)).toBe(false);
    expect(read).toBeLessThanOrEqual(1_000);
  });
});

describe('the trace sampler', () => {
  const sampler = compileTraceSampler(
    {
      traces: [
        { match: 'POST /payments/*', rate: 0.9 },
        { match: ['/payments/*', 'job mail *'], rate: 0.2 },
        { match: '/metrics', rate: 0.7 },
      ],
      critical: ['/auth/*', '/health/critical', 'job billing *'],
    },
    0.1,
  );

  test.each([
    ['POST /payments/1', 0.9],
    ['GET /payments/1', 0.2],
    ['job mail welcome', 0.2],
    ['GET /auth/login', 1],
    ['GET /health/critical', 1],
    ['job billing nightly', 1],
    ['GET /metrics', 0.7],
    ['GET /healthz', 0],
    ['GET /orders', 0.1],
    ['', 0.1],
  ])('gives %s the rate %d', (name, rate) => {
    expect(sampler({ name })).toBe(rate);
  });

  test('respects the parent decision first, and critical handlers before rules', () => {
    expect(sampler({ name: 'GET /auth/login', parentSampled: false, critical: true })).toBe(0);
    expect(sampler({ name: 'GET /healthz', parentSampled: true })).toBe(1);
    expect(sampler({ name: 'GET /metrics', critical: true })).toBe(1);
  });

  test.each([
    '/health',
    '/health/live',
    '/healthz',
    '/livez',
    '/readyz',
    '/ready',
    '/liveness',
    '/readiness',
    '/metrics',
    '/api/v1/health',
    '/static/app/main.js',
    '/assets/logo.svg',
    '/favicon.ico',
    '/robots.txt',
    '/img/cat.PNG?w=20',
  ])('does not trace %s unless presets are off', (path) => {
    const execution = { name: `GET ${path}`, path, method: 'GET' };
    expect(compileTraceSampler(undefined, 1)(execution)).toBe(0);
    expect(compileTraceSampler({ presets: false }, 1)(execution)).toBe(1);
  });

  test.each([
    'GET /healthcare/patients',
    'POST /metrics',
    'GET /metrics/7',
    'GET /staticpages',
    'GET /jobs',
    'GET /x.json',
    'GET /api/v1/assets/42',
    'GET /api/static/pages',
    'GET /api/v2/ready',
    'GET /v1/live',
    'GET /api/metrics',
    'GET https://api.example.com/api/v1/assets/42',
  ])('traces %s', (name) => {
    expect(compileTraceSampler(undefined, 1)({ name })).toBe(1);
  });

  test('returns a rate for any input', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.option(fc.string(), { nil: undefined }),
        fc.option(fc.string(), { nil: undefined }),
        (name, path, method) => {
          const rate = sampler({ name, path, method });
          expect([0, 0.1, 0.2, 0.7, 0.9, 1]).toContain(rate);
        },
      ),
    );
  });

  test.each([
    [{ traces: [{ match: '/a', rate: 2 }] }, 'sampling.traces[0].rate'],
    [
      {
        traces: [
          { match: '/a', rate: 1 },
          { match: ['/b', ''], rate: 1 },
        ],
      },
      'sampling.traces[1].match[1]',
    ],
    [{ critical: [7 as unknown as string] }, 'sampling.critical[0]'],
  ])('refuses %j', (options, path) => {
    expect(() => compileTraceSampler(options, 1)).toThrow(ConfigurationError);
    expect(() => compileTraceSampler(options, 1)).toThrow(path);
  });
});

describe('the operations of a request', () => {
  const sampler = compileTraceSampler(
    {
      traces: [
        { match: 'query cats', rate: 0.2 },
        { match: 'POST /graphql', rate: 0.3 },
        { match: /^mutation P/, rate: 0.4 },
      ],
      critical: ['mutation refund'],
    },
    0.1,
  );

  test.each([
    ['POST /graphql', ['query Dogs', 'query Cats'], 0.2],
    ['POST /graphql', ['mutation Pay'], 0.3],
    ['POST /ask', ['mutation Pay'], 0.4],
    ['POST /ask', ['mutation pay'], 0.1],
    ['POST /graphql', ['query cats', 'mutation refund'], 1],
    ['POST /ask', [], 0.1],
  ])('%s with %j: %d', (name, operations, rate) => {
    expect(sampler({ name, operations })).toBe(rate);
  });

  test.each([
    ['query cats', true],
    ['Mutation *', true],
    ['q*', true],
    ['*cats', true],
    [/cats/, true],
    ['*', false],
    ['POST *', false],
    ['*/cats', false],
    ['* /cats', false],
    ['/graphql', false],
    ['job mail *', false],
    ['queryless', false],
  ])('may be told by %p: %p', (pattern, expected) => {
    expect(hasOperationPatterns({ critical: [pattern] })).toBe(expected);
    expect(hasOperationPatterns({ traces: [{ match: ['/x', pattern], rate: 1 }] })).toBe(expected);
  });
});
