const stripe = { provider: 'stripe', code: 'card_declined', declineCode: 'insufficient_funds' };
const paypal = {
  provider: 'paypal',
  type: 'UNPROCESSABLE_ENTITY',
  code: 'INSTRUMENT_DECLINED',
  status: 422,
  debugId: '90957fca61718',
};
const issues = [{ issue: 'INSTRUMENT_DECLINED', field: '/payment_source/card/number' }];

/** Errors of libraries: path, domain, context and fingerprint. */
export const recognised: [path: string, domain: string, context: object, fingerprint: string[]][] = [
  [
    '/provider/stripe',
    'payment',
    {
      ...stripe,
      type: 'StripeCardError',
      requestId: 'req_Wm3fGJd0qkVYzk',
      charge: 'ch_3MtwBwLkdIwHu7ix28a3tqPa',
      paymentIntent: 'pi_3MtwBwLkdIwHu7ix0kqT8uKS',
      amount: 1999,
      currency: 'eur',
      adviceCode: 'try_again_later',
    },
    ['payment', 'StripeCardError', 'card_declined'],
  ],
  ['/provider/stripe-cause', 'payment', stripe, ['payment', 'PaymentFailed', 'card_declined']],
  [
    '/provider/stripe-axios',
    'payment',
    { provider: 'stripe', type: 'card_error', code: 'expired_card', requestId: 'req_9dQ1', status: 402 },
    ['payment', 'AxiosError', 'expired_card'],
  ],
  ['/provider/paypal-server-sdk', 'payment', { ...paypal, issues }, ['payment', 'Error', 'INSTRUMENT_DECLINED']],
  ['/provider/paypal-checkout-sdk', 'payment', { ...paypal, issues }, ['payment', 'Error', 'INSTRUMENT_DECLINED']],
  ['/provider/paypal-rest-sdk', 'payment', { ...paypal, issues }, ['payment', 'Error', 'INSTRUMENT_DECLINED']],
  ['/provider/paypal-axios', 'payment', { ...paypal, issues }, ['payment', 'Error', 'INSTRUMENT_DECLINED']],
  [
    '/provider/adyen',
    'payment',
    { provider: 'adyen', code: '174', type: 'validation', requestId: '8816178952380553' },
    ['payment', 'HttpClientException', '174'],
  ],
  [
    '/provider/stripe?data={"provider":"our gateway","amount":"19.99","code":"X1","card":{"number":"4111","brand":"visa"}}',
    'payment',
    { provider: 'our gateway', amount: '19.99', currency: 'eur', code: 'X1', card: { brand: 'visa' } },
    ['payment', 'StripeCardError', 'X1'],
  ],
  ['/library/auth/jwt-expired', 'auth', { method: 'jwt', reason: 'token expired' }, ['auth', 'TokenExpiredError']],
  ['/library/auth/jwt-audience', 'auth', { reason: 'jwt audience invalid' }, ['auth', 'JsonWebTokenError']],
  [
    '/library/auth/jose-expired',
    'auth',
    { reason: 'token expired', claim: 'exp' },
    ['auth', 'JWTExpired', 'ERR_JWT_EXPIRED'],
  ],
  ['/library/auth/passport', 'auth', { reason: 'AuthenticationError' }, ['auth', 'AuthenticationError']],
  ['/library/auth/oauth', 'auth', { method: 'oauth' }, ['auth', 'InternalOAuthError']],
  [
    '/library/externalApi/axios',
    'externalApi',
    { service: 'api.example.com', endpoint: 'POST /v1/charges/:id', status: 503, requestId: 'abc-1' },
    ['externalApi', 'api.example.com', 'POST /v1/charges/:id', '5xx'],
  ],
  [
    '/library/externalApi/got',
    'externalApi',
    { service: 'api.example.com', endpoint: 'GET /users/:id', status: 500, responseTime: 431 },
    ['externalApi', 'api.example.com', 'GET /users/:id', '5xx'],
  ],
  [
    '/library/externalApi/fetch',
    'externalApi',
    { code: 'ECONNREFUSED' },
    ['externalApi', '127.0.0.1:9', 'fetch', 'ECONNREFUSED'],
  ],
  [
    '/library/database/pg',
    'database',
    { system: 'postgresql', table: 'customer', constraint: 'customer_email', code: '23505' },
    ['database', 'error', '23505', 'customer_email'],
  ],
  [
    '/library/database/prisma',
    'database',
    { system: 'prisma', table: 'User', code: 'P2002' },
    ['database', 'PrismaClientKnownRequestError', 'P2002', 'User.email'],
  ],
];

/** Custom domains and operations of a domain: path and expected event. */
export const reported: [path: string, event: object][] = [
  [
    '/own/handle',
    {
      level: 'fatal',
      fingerprint: ['shipping', 'label', 'acme'],
      tags: { domain: 'shipping', critical: 'true', 'shipping.carrier': 'acme', 'shipping.parcels': '2' },
      contexts: { shipping: { carrier: 'acme', parcels: 2, code: 'no_printer' } },
    },
  ],
  ['/own/name', { level: 'fatal', fingerprint: ['shipping', 'label', 'other'], tags: { 'shipping.carrier': 'other' } }],
  [
    '/own/stock',
    {
      level: 'info',
      fingerprint: ['stock', 'all'],
      tags: { domain: 'stock', team: 'warehouse' },
      contexts: { stock: { shelf: 7 } },
    },
  ],
  [
    '/operation/charge',
    {
      level: 'error',
      fingerprint: ['payment', 'Error', 'card_declined'],
      tags: { domain: 'payment', 'payment.code': 'card_declined', 'payment.currency': 'EUR' },
      contexts: { payment: { orderId: 7, amount: 12.5, currency: 'EUR', card: { brand: 'visa' } } },
    },
  ],
  [
    '/operation/pay',
    {
      level: 'fatal',
      fingerprint: ['shipping', 'label', 'acme'],
      tags: { domain: 'shipping', 'shipping.carrier': 'acme', critical: 'true', step: 'pay' },
      contexts: { shipping: { carrier: 'acme' }, operation: { chain: [{ name: 'shop.pay' }, { name: 'shop.ship' }] } },
    },
  ],
  ['/operation/marked', { level: 'warning', fingerprint: ['my own'], tags: { domain: 'payment' } }],
  ['/operation/outer', { level: 'fatal', fingerprint: ['shipping', 'label', 'acme'], tags: { domain: 'shipping' } }],
  [
    '/operation/captured',
    { level: 'info', fingerprint: ['stock', 'all'], tags: { domain: 'stock', team: 'warehouse' } },
  ],
];

/** Ways a filter handles a payment failure, with the message of the one event. */
export const filtered: [way: string, value: string][] = [
  ['capture-then-500', 'the gateway is down'],
  ['500-then-capture', 'the gateway is down'],
  ['capture-then-402', 'the gateway is down'],
  ['late-answer', 'the gateway is down'],
  ['rethrow', 'the gateway is down'],
  ['wrapped', 'wrapped'],
];
