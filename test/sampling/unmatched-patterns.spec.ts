import { unmatchedPatterns } from '../../lib/sampling';

const routes = ['GET /api/v1/orders/:id', 'POST /payments', 'ALL /files/*path', 'GET /'];

test.each([
  'GET /api/v1/orders/:id',
  'GET /orders/:orderId', // a leading api and version are optional
  '/orders/*',
  'GET|POST /payments',
  'post /PAYMENTS/',
  'GET /orders/42', // no route, but a request to one
  'DELETE /files/a/b',
  'GET /',
  'rpc orders.*', // no request
  'query cats',
  /^GET \/nothing/,
])('%s matches', (pattern) => {
  expect(unmatchedPatterns([pattern], routes)).toEqual([]);
});

test.each(['GET /ordres/:id', 'POST /orders/:id', '/payment', 'DELETE /payments', '* /order/*'])(
  '%s matches nothing',
  (pattern) => {
    expect(unmatchedPatterns([pattern], routes)).toEqual([pattern]);
  },
);
