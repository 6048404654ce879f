import { runInNewContext } from 'node:vm';
import { commonFailures } from '../shared/failures.js';

/** An HttpException of another copy of Nest: the shape without the class. */
class ForeignHttpException extends Error {
  constructor(private readonly code: number) {
    super(`foreign ${code}`);
  }
  getStatus(): number {
    return this.code;
  }
}

/** What handlers throw, by name. */
export const throwables: Record<string, () => unknown> = {
  ...commonFailures,
  foreign503: () => new ForeignHttpException(503),
  foreign404: () => new ForeignHttpException(404),
  axios404: () => Object.assign(new Error('upstream said 404'), { isAxiosError: true, status: 404 }),
  vendorText: () => Object.assign(new Error('a code in words'), { statusCode: 'E_CONN' }),
  vendor1001: () => Object.assign(new Error('a code of a socket'), { statusCode: 1001 }),
  number: () => 42,
  object: () => ({ code: 'E_OBJECT', detail: 'no error at all' }),
  toJSON: () =>
    Object.assign(new Error('throws in toJSON'), {
      toJSON: () => {
        throw new Error('toJSON');
      },
    }),
  proxy: () =>
    new Proxy(new Error('behind a proxy'), {
      get: () => {
        throw new Error('trap');
      },
    }),
  realm: () => runInNewContext('new Error("from another realm")'),
  symbol: () => Symbol('thrown symbol'),
};
