import { HttpException } from '@nestjs/common';
import { runInNewContext } from 'node:vm';

export class DomainError extends Error {
  override name = 'DomainError';
}
export class FilterCrash extends Error {}
export class RenamedError extends Error {}
export class IgnoredError extends Error {}

/** An HttpException of another copy of Nest: the shape without the class. */
class ForeignHttpException extends Error {
  constructor(private readonly code: number) {
    super(`foreign ${code}`);
  }
  getStatus(): number {
    return this.code;
  }
}

const shared = new Error('the one shared instance');

/** Things that applications throw, by name. */
export const throwables: Record<string, () => unknown> = {
  error: () => new Error('plain failure'),
  http503: () => new HttpException('maintenance', 503),
  http403: () => new HttpException('forbidden', 403),
  http404: () => new HttpException('no such cat', 404),
  foreign503: () => new ForeignHttpException(503),
  foreign404: () => new ForeignHttpException(404),
  statusCode413: () => Object.assign(new Error('too large'), { statusCode: 413 }),
  axios404: () => Object.assign(new Error('upstream said 404'), { isAxiosError: true, status: 404 }),
  domain: () => new DomainError('declined'),
  renamed: () => new RenamedError('becomes a 409 in an interceptor'),
  ignored: () => new IgnoredError('never reported'),
  shared: () => shared,
  string: () => 'just a string',
  null: () => null,
  undefined: () => undefined,
  number: () => 42,
  object: () => ({ code: 'E_OBJECT', detail: 'no error at all' }),
  frozen: () => Object.freeze(new Error('frozen failure')),
  cyclic: () => {
    const first = new Error('cyclic outer');
    first.cause = new Error('cyclic inner', { cause: first });
    return first;
  },
  getters: () =>
    Object.defineProperties(new Error('hidden'), {
      message: {
        get: () => {
          throw new Error('getter of message');
        },
      },
      stack: {
        get: () => {
          throw new Error('getter of stack');
        },
      },
      cause: {
        get: () => {
          throw new Error('getter of cause');
        },
      },
    }),
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
  aggregate: () => new AggregateError([new Error('first member'), new Error('second member')], 'several'),
  symbol: () => Symbol('thrown symbol'),
};
