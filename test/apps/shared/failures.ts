import { HttpException } from '@nestjs/common';

/** Errors that the enhancers of `enhancers.ts` and the module options of the applications know. */
export class DomainError extends Error {
  override name = 'DomainError';
}
export class FilterCrash extends Error {}
export class RenamedError extends Error {}
export class IgnoredError extends Error {}

const shared = new Error('the one shared instance');
const throwing = (what: string) => ({
  get: () => {
    throw new Error(what);
  },
});

/** What handlers of any transport throw, by name; each application adds those of its own transport. */
export const commonFailures: Record<string, () => unknown> = {
  error: () => new Error('plain failure'),
  http503: () => new HttpException('maintenance', 503),
  http403: () => new HttpException('forbidden', 403),
  http404: () => new HttpException('no such thing', 404),
  /** As `http-errors` makes it. */
  httpErrors413: () => Object.assign(new Error('too large'), { status: 413, statusCode: 413, expose: true }),
  /** As the SDKs of vendors throw it: the status of another server. */
  vendor429: () => Object.assign(new Error('rate limited by a vendor'), { status: 429 }),
  domain: () => new DomainError('declined'),
  renamed: () => new RenamedError('renamed by an interceptor'),
  ignored: () => new IgnoredError('never reported'),
  shared: () => shared,
  string: () => 'just a string',
  null: () => null,
  undefined: () => undefined,
  frozen: () => Object.freeze(new Error('frozen failure')),
  cyclic: () => {
    const first = new Error('cyclic outer');
    first.cause = new Error('cyclic inner', { cause: first });
    return first;
  },
  aggregate: () => new AggregateError([new Error('first member'), new Error('second member')], 'several'),
  getters: () =>
    Object.defineProperties(new Error('hidden'), {
      message: throwing('getter of message'),
      stack: throwing('getter of stack'),
      cause: throwing('getter of cause'),
    }),
};
