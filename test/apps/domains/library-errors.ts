const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

/** Errors as thrown by authentication libraries, HTTP clients and database drivers. */
export const libraryErrors: Record<string, () => unknown> = {
  'jwt-expired': () => named('TokenExpiredError', 'jwt expired', { expiredAt: new Date(0) }),
  'jwt-audience': () => named('JsonWebTokenError', 'jwt audience invalid. expected: https://ann.example.com'),
  'jose-expired': () =>
    named('JWTExpired', '"exp" claim timestamp check failed', { code: 'ERR_JWT_EXPIRED', claim: 'exp' }),
  passport: () => named('AuthenticationError', 'Unauthorized', { status: 401 }),
  oauth: () => named('InternalOAuthError', 'Failed to obtain access token', { oauthError: { statusCode: 500 } }),
  axios: () =>
    named('AxiosError', 'Request failed with status code 503', {
      isAxiosError: true,
      code: 'ERR_BAD_RESPONSE',
      config: { url: '/charges/ch_3MtwBwLkdIwHu7ix?expand=x', baseURL: 'https://api.example.com/v1', method: 'post' },
      response: { status: 503, headers: { 'x-request-id': 'abc-1' } },
    }),
  got: () =>
    named('HTTPError', 'Response code 500', {
      code: 'ERR_NON_2XX_3XX_RESPONSE',
      options: { url: new URL('https://api.example.com/users/42'), method: 'GET' },
      response: { statusCode: 500, timings: { phases: { total: 431 } } },
    }),
  fetch: () =>
    Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 9 }),
    }),
  pg: () =>
    Object.assign(new Error('duplicate key value violates unique constraint "customer_email"'), {
      name: 'error',
      severity: 'ERROR',
      code: '23505',
      detail: 'Key (email)=(ann@example.com) already exists.',
      schema: 'public',
      table: 'customer',
      constraint: 'customer_email',
      file: 'nbtinsert.c',
      routine: '_bt_check_unique',
    }),
  prisma: () =>
    named('PrismaClientKnownRequestError', 'Unique constraint failed', {
      code: 'P2002',
      clientVersion: '6.0.0',
      meta: { modelName: 'User', target: ['email'] },
    }),
};
