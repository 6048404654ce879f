/** Requests, and the value of the one event that each produces; without `event`, it must produce none. */
export const expectations = [
  { name: 'all is well', path: '/cats/7', status: 200 },
  { name: 'a handler throws', path: '/failures/handler', status: 500, event: 'the handler failed' },
  { name: 'a service throws', path: '/cats/0', status: 500, event: 'there is no cat 0', route: 'GET /cats/:id' },
  { name: 'a handler throws a 503', path: '/failures/unavailable', status: 503, event: 'under maintenance' },
  { name: 'a string is thrown', path: '/failures/string', status: 500, event: 'just a string' },
  { name: 'undefined is thrown', path: '/failures/undefined', status: 500, event: 'undefined' },
  { name: 'a guard throws', path: '/failures/guard', status: 500, event: 'the guard failed' },
  { name: 'a pipe throws', path: '/failures/pipe?value=1', status: 500, event: 'the pipe failed' },
  { name: 'an interceptor throws', path: '/failures/interceptor', status: 500, event: 'the interceptor failed' },
  { name: 'a middleware throws', path: '/failures/middleware', status: 500, event: 'the middleware failed' },
  { name: 'a service captures', path: '/payments/declined', status: 200, event: 'the gateway declined' },
  { name: 'captured, then thrown', path: '/payments/refunded', status: 500, event: 'the refund failed' },
  { name: 'a guard refuses', path: '/failures/refused', status: 403 },
  { name: 'a bad request', path: '/failures/bad-request', status: 400 },
  { name: 'a pipe refuses', path: '/failures/not-a-number?value=x', status: 400 },
  { name: 'a handler finds nothing', path: '/failures/not-found', status: 404 },
  { name: 'an unknown route', path: '/nowhere', status: 404 },
];

/** A request whose parts must not leave the process, and what of it nobody may see. */
export const secrets = {
  password: 'correct-horse-battery',
  authorization: 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LW9mLWFubg.kq3mXv7sTtYw0dUuGgJ1aQ',
  cookie: 's3ss10n-0f-4nn-7d1f',
  card: '4111111111111111',
  email: 'ann.leaks@example.com',
};
export const leakingRequest = {
  path: '/payments',
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    authorization: `Bearer ${secrets.authorization}`,
    cookie: `session=${secrets.cookie}`,
  },
  body: JSON.stringify({ card: secrets.card, email: secrets.email, password: secrets.password }),
};
