/** One request and the event it must produce. */
export interface Expectation {
  name: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: { type: string; content: string };
  /** Part of the value of the one event; undefined: no event. */
  event?: string;
  transaction?: string;
  /** Anything else that the event must hold. */
  holds?: object;
}

const thrown = (kind: string, event?: string, holds?: object): Expectation => ({
  name: `a handler throws: ${kind}`,
  path: `/cats/throw/${kind}/1`,
  event,
  transaction: 'GET /cats/throw/:kind/:id',
  holds,
});

const status = (code: number) => ({ contexts: { response: { status_code: code } } });

export const expectations: Expectation[] = [
  { name: 'all is well', path: '/cats/fine/1' },
  { name: 'unknown route', path: '/nowhere' },
  thrown('error', 'plain failure', status(500)),
  thrown('http503', 'maintenance', status(503)),
  thrown('foreign503', 'foreign 503', status(500)),
  thrown('axios404', 'upstream said 404', status(500)),
  thrown('shared', 'the one shared instance'),
  { ...thrown('shared', 'the one shared instance'), name: 'the same instance is thrown by a second request' },
  thrown('string', 'just a string'),
  thrown('null', 'null'),
  thrown('undefined', 'undefined'),
  thrown('number', '42'),
  thrown('object', 'Object captured as exception with keys: code, detail'),
  thrown('frozen', 'frozen failure'),
  thrown('cyclic', 'cyclic outer'),
  thrown('getters', 'getter of '), // Nest's own handler reads the message and throws its error
  thrown('proxy', ''),
  thrown('toJSON', 'throws in toJSON'),
  thrown('realm', 'from another realm'),
  thrown('symbol', 'thrown symbol'),
  thrown('aggregate', 'several'),
  thrown('http403'),
  thrown('http404'),
  thrown('foreign404', 'foreign 404', status(500)),
  thrown('vendor429', 'rate limited by a vendor', status(500)),
  thrown('vendorText', 'a code in words', status(500)), // the platform refuses the status
  thrown('vendor1001', 'a code of a socket', status(500)),
  thrown('httpErrors413'),
  thrown('domain'),
  thrown('renamed'),
  thrown('ignored'),
  {
    name: 'a guard fails',
    path: '/cats/guard',
    event: 'failure in a guard',
    transaction: 'GET /cats/guard',
    holds: { tags: { handler: 'CatsController.guard' } },
  },
  { name: 'a pipe fails', path: '/cats/pipe?q=1', event: 'failure in a pipe', transaction: 'GET /cats/pipe' },
  {
    name: 'an interceptor fails',
    path: '/cats/interceptor',
    event: 'failure in an interceptor',
    transaction: 'GET /cats/interceptor',
  },
  { name: 'a filter fails', path: '/cats/filter', event: 'the filter itself failed', transaction: 'GET /cats/filter' },
  {
    name: 'a middleware throws',
    path: '/cats/fine/1',
    headers: { 'x-fail': 'throw' },
    event: 'failure in a middleware',
  },
  {
    name: 'a middleware passes an error on',
    path: '/cats/fine/1',
    headers: { 'x-fail': 'next' },
    event: 'failure passed on by a middleware',
  },
  {
    name: 'captured by hand, then thrown',
    path: '/cats/manual',
    event: 'captured, then thrown',
    holds: { tags: { manual: 'yes' } },
  },
  { name: 'captured by hand, then wrapped and thrown', path: '/cats/wrapped', event: 'inner failure' },
  {
    name: 'captured by hand alone',
    path: '/cats/noted',
    event: 'only noted',
    transaction: 'GET /cats/noted',
    holds: { user: { id: 'explicit' } },
  },
  { name: 'an ignored error is captured by hand', path: '/cats/ignored-capture' },
  {
    name: 'a domain error',
    path: '/cats/domain',
    event: 'card declined',
    holds: {
      tags: { domain: 'payment', 'payment.provider': 'acme', 'payment.code': 'card_declined' },
      contexts: { payment: { amount: 12, currency: 'EUR' } },
      fingerprint: ['payment', 'Error', 'card_declined'],
    },
  },
  { name: '@Report asks for a 404', path: '/cats/reported-404', event: 'no such thing', holds: status(404) },
  {
    name: 'the user is that of request.user',
    path: '/cats/anonymous',
    headers: { 'x-user': 'ann' },
    event: 'nobody in particular',
    holds: { user: { id: 'ann' } },
  },
  {
    name: 'the resolver wins over request.user',
    path: '/cats/anonymous',
    headers: { 'x-user': 'ann', 'x-resolver': 'bob' },
    event: 'nobody in particular',
    holds: { user: { id: 'resolved bob', role: 'buyer' } },
  },
  {
    name: 'setUser wins over the resolver',
    path: '/cats/user?name=eve',
    headers: { 'x-user': 'ann', 'x-resolver': 'bob' },
    event: 'user that was set',
    holds: { user: { id: 'eve' }, tags: { who: 'eve' } },
  },
  {
    name: 'the request id is taken from the header',
    path: '/cats/anonymous',
    headers: { 'x-request-id': 'req-17', 'x-tenant': 'acme' },
    event: 'nobody in particular',
    holds: { tags: { request_id: 'req-17', tenant: 'acme' } },
  },
  {
    name: 'operations fail',
    path: '/cats/checkout/9?fail=1',
    event: 'no connection for order 9',
    holds: {
      contexts: {
        operation: {
          name: 'shop.pay',
          chain: [
            { name: 'shop.checkout', data: { orderId: 9 } },
            { name: 'shop.pay', data: { provider: 'acme' } },
          ],
        },
      },
      tags: { domain: 'payment', gateway: 'acme' },
    },
  },
  { name: 'operations succeed', path: '/cats/checkout/8' },
  {
    name: 'a slow operation',
    path: '/cats/slow',
    event: 'Slow operation',
    holds: { level: 'warning', contexts: { operation: { threshold: 20 } } },
  },
  { name: 'the caller handles the failure of an operation', path: '/cats/handled' },
  { name: 'an operation whose hooks throw', path: '/cats/broken-hooks', event: 'failure beside broken hooks' },
  { name: 'a message of one megabyte', path: '/cats/big', event: 'big xxx' },
];
