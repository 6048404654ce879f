// Where an application puts a value. `library` is this library, `plain` is @sentry/nestjs alone.
import { furtherPlaces } from './further-places.mjs';

const traced = (Sentry, run) => Sentry.startSpan({ name: 'work', op: 'test', forceTransaction: true }, run);
const fail = (Sentry) => Sentry.captureException(new Error('failure'));

/** @typedef {{ Sentry: any, tracker?: any, deliver?: (value: unknown) => Promise<unknown>, Logger: any }} Tools */
/** @type {Record<string, { library?: (value: any, tools: any) => unknown, plain?: (value: any, tools: any) => unknown }>} */
export const places = {
  thrown: {
    library: (value, { tracker }) => tracker.captureException(value),
    plain: (value, { Sentry }) => Sentry.captureException(value),
  },
  'captured directly': { library: (value, { Sentry }) => Sentry.captureException(value) },
  'an unhandled rejection': both((value) => void Promise.reject(value)),
  'the message of an error': both((value, { Sentry }) => {
    const error = new Error(typeof value === 'string' ? value : 'failure');
    if (typeof value !== 'string') error.message = value;
    Sentry.captureException(error);
  }),
  'the cause of an error': both((value, { Sentry }) => Sentry.captureException(new Error('failure', { cause: value }))),
  'the errors of an aggregate': both((value, { Sentry }) =>
    Sentry.captureException(Object.assign(new AggregateError([], 'failures'), { errors: value })),
  ),
  'a property of an error': both((value, { Sentry }) =>
    Sentry.captureException(Object.assign(new Error('failure'), { details: value })),
  ),
  extra: both((value, { Sentry }) => {
    Sentry.setExtra('value', value);
    fail(Sentry);
  }),
  extras: both((value, { Sentry }) => {
    Sentry.setExtras(value);
    fail(Sentry);
  }),
  'a context': {
    library: (value, { Sentry, tracker }) => {
      tracker.setContext('value', value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      Sentry.setContext('value', value);
      fail(Sentry);
    },
  },
  'inside a context': both((value, { Sentry }) => {
    Sentry.setContext('value', { value });
    fail(Sentry);
  }),
  'the user': {
    library: (value, { Sentry, tracker }) => {
      tracker.setUser(value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      Sentry.setUser(value);
      fail(Sentry);
    },
  },
  'a field of the user': both((value, { Sentry }) => {
    Sentry.setUser({ id: 1, value });
    fail(Sentry);
  }),
  'a tag': both((value, { Sentry }) => {
    Sentry.setTag('value', value);
    fail(Sentry);
  }),
  tags: both((value, { Sentry }) => {
    Sentry.setTags(value);
    fail(Sentry);
  }),
  'the context of a capture': both((value, { Sentry }) =>
    Sentry.captureException(new Error('failure'), { extra: { value }, contexts: { value: { value } } }),
  ),
  'an own event': both((value, { Sentry }) =>
    Sentry.captureEvent({ message: 'own', extra: { value }, request: { data: value } }),
  ),
  'the data of a breadcrumb': {
    library: (value, { Sentry, tracker }) => {
      for (let round = 0; round < 3; round++) tracker.addBreadcrumb('test', 'value', value);
      fail(Sentry);
    },
    plain: (value, { Sentry }) => {
      for (let round = 0; round < 3; round++) Sentry.addBreadcrumb({ category: 'test', message: 'value', data: value });
      fail(Sentry);
    },
  },
  'the data of an operation': {
    library: (value, { Sentry, tracker }) =>
      tracker.track({ name: 'work', data: () => ({ value }) }, () => fail(Sentry)),
  },
  'the result of an operation': {
    library: (value, { Sentry, tracker }) => {
      tracker.track({ name: 'work', result: () => value }, () => 'done');
      fail(Sentry);
    },
  },
  'an attribute of a traced operation': {
    library: (value, { tracker }) => tracker.track({ name: 'work', root: true, data: () => ({ value }) }, () => 'done'),
    plain: (value, { Sentry }) => traced(Sentry, (span) => span.setAttribute('value', value)),
  },
  'a business event': { library: (value, { Sentry, tracker }) => (tracker.recordEvent('sold', value), fail(Sentry)) },
  'the data of a domain error': {
    library: (value, { tracker }) => tracker.captureDomainError('payment', new Error('failure'), { value }),
  },
  'the data of slow work': {
    library: (value, { tracker }) => tracker.reportSlow('work', { duration: 10, data: { value } }),
  },
  'an argument of console.debug': both((value, { Sentry }) => {
    console.debug('value', value);
    fail(Sentry);
  }),
  "an argument of Nest's logger": both((value, { Sentry, Logger }) => {
    new Logger('Test').error('value', value);
    fail(Sentry);
  }),
  'a log': both((value, { Sentry }) => Sentry.logger.info('value', { value })),
  'the payload of a message': both((value, { deliver }) => deliver(value)),
  ...furtherPlaces,
};

function both(run) {
  return { library: run, plain: run };
}
