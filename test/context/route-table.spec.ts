import { FastifyAdapter } from '@nestjs/platform-fastify';
import { RouteTable, type FastifyConfig } from '../../lib/context/route-table.js';

const ROUTES = [
  '/',
  '/orders',
  '/orders/:id',
  '/orders/:id/items/:item?',
  '/orders/export',
  '/orders/:id(^\\d+$)/invoice',
  '/files/*',
  '/at/:hour-:minute',
  '/name/:file.png',
  '/double::colon',
];
const PATHS = [
  ...['/', '/orders', '/orders/', '/Orders', '//orders', '/orders/7', '/orders/7/', '/orders/7;a=1', '/orders/%37'],
  ...['/orders/export', '/orders/EXPORT', '/orders/7/items', '/orders/7/items/2', '/orders/7/invoice'],
  ...['/orders/seven/invoice', '/files', '/files/', '/files/a/b.txt', '/at/10-30', '/at/10', '/name/cat.png'],
  ...['/name/cat.jpg', '/double:colon', '/nowhere', `/orders/${'x'.repeat(50)}`, `/orders/${'x'.repeat(101)}`, '/%zz'],
];

describe.each<FastifyConfig>([
  {},
  { caseSensitive: false },
  { ignoreTrailingSlash: true },
  { ignoreDuplicateSlashes: true },
  { useSemicolonDelimiter: true },
  { maxParamLength: 20 },
  { routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 200 } },
])('the route table of a Fastify instance with %j', (config) => {
  const fastify = new FastifyAdapter({ allowUnsafeRegex: true, ...config } as object).getInstance();
  let table: RouteTable;
  beforeAll(async () => {
    table = new RouteTable(fastify.initialConfig);
    fastify.addHook('onRoute', ({ method, url }) => {
      table.add(method, url);
    });
    for (const url of ROUTES) {
      fastify.route({ method: ['GET', 'PUT'], url, handler: async (request) => request.routeOptions.url });
    }
    await fastify.ready();
  });
  afterAll(() => fastify.close());

  test.each(PATHS)('takes the same route as Fastify for %s', async (url) => {
    const { statusCode, body } = await fastify.inject({ method: 'GET', url });
    expect(table.find('get', url)).toBe(statusCode === 200 ? body : undefined);
  });

  test('knows the methods of a route, HEAD of a GET route among them', () => {
    expect(table.find('PUT', '/orders/export')).toBe('/orders/export');
    expect(table.find('HEAD', '/orders/export')).toBe('/orders/export');
    expect(table.find('POST', '/orders/export')).toBeUndefined();
    expect(table.find('UNKNOWN', '/orders/export')).toBeUndefined();
  });
});

test('counts routes that differ in their constraints only as one', () => {
  const table = new RouteTable();
  for (const pattern of ['/cats/:id', '/cats/:id', '/cats/:name', '/cats']) table.add(['GET'], pattern);
  expect(table.find('GET', '/cats/1')).toBe('/cats/:id');
  expect(table.find('GET', '/cats')).toBe('/cats');
});

test('passes over a pattern that Fastify would refuse', () => {
  const table = new RouteTable();
  for (const pattern of ['', 'cats', '/cats/*/x', '/cats/:id?/x']) table.add('GET', pattern);
  table.add('CATCH', '/cats');
  expect(table.find('GET', '/cats')).toBeUndefined();
});
