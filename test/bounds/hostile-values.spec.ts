import * as Sentry from '@sentry/nestjs';
import { initSentry } from '../../lib/init.js';
import { poll } from '../harness/poll.js';
import { representative } from '../harness/scale.js';
import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { ErrorTracker } from '../../lib/tracker/error-tracker.js';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const MOST_READS = 10_000;
let reads = 0;

/** Every property is such a value again: normalized eight levels deep, it has 390,625 values. */
function endless(): object {
  return new Proxy(
    {},
    {
      ownKeys: () => KEYS,
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      get: (_target, key) => {
        reads++;
        return KEYS.includes(String(key)) ? endless() : undefined;
      },
    },
  );
}

const tracker = new ErrorTracker();
const fail = (): unknown => Sentry.captureException(new Error('failure'));
const keyed = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'x']));

const places: Array<[name: string, put: (value: never) => unknown]> = [
  ['thrown', (value) => tracker.captureException(value)],
  ['captured with the SDK', (value) => Sentry.captureException(value)],
  ['the cause of an error', (value) => Sentry.captureException(new Error('failure', { cause: value }))],
  ['the message of an error', (value) => Sentry.captureException(Object.assign(new Error(), { message: value }))],
  [
    'extra',
    (value) => {
      Sentry.setExtra('value', value);
      fail();
    },
  ],
  [
    'extras',
    (value) => {
      Sentry.setExtras(value);
      fail();
    },
  ],
  [
    'a context',
    (value) => {
      tracker.setContext('value', value);
      fail();
    },
  ],
  [
    'inside a context',
    (value) => {
      Sentry.setContext('value', { value });
      fail();
    },
  ],
  [
    'the user',
    (value) => {
      tracker.setUser(value);
      fail();
    },
  ],
  [
    'tags',
    (value) => {
      Sentry.setTags(value);
      fail();
    },
  ],
  [
    'a tag',
    (value) => {
      Sentry.setTag('value', value);
      fail();
    },
  ],
  ['a capture', (value) => Sentry.captureException(new Error('failure'), { extra: { value } })],
  ['an own event', (value) => Sentry.captureEvent({ message: 'own', extra: { value }, request: { data: value } })],
  [
    'breadcrumbs',
    (value) => {
      tracker.addBreadcrumb('a', 'b', value);
      tracker.addBreadcrumb('a', 'b', value);
      fail();
    },
  ],
  [
    'a business event',
    (value) => {
      tracker.recordEvent('sold', value);
      fail();
    },
  ],
  ['an operation', (value) => tracker.track({ name: 'work', data: () => ({ value }) }, fail)],
  [
    'the result of an operation',
    (value) => {
      tracker.track({ name: 'work', result: () => value }, () => 1);
      fail();
    },
  ],
  ['a traced operation', (value) => tracker.track({ name: 'work', root: true, data: () => ({ value }) }, fail)],
  ['a domain error', (value) => tracker.captureDomainError('payment', new Error('failure'), value)],
  ['slow work', (value) => tracker.reportSlow('work', { duration: 10, data: { value } })],
];

describe('a value that an application puts into an event', () => {
  let inbox: Inbox;

  beforeAll(async () => {
    inbox = await startInbox({ port: 0 });
    initSentry({ dsn: inbox.dsn, environment: 'production', tracesSampleRate: 1, spool: false, throttle: false });
  });

  afterAll(async () => {
    await inbox.close();
    await Sentry.getClient()?.close(1);
  });

  /** The event without its frames, which show this file. */
  async function eventOf(put: () => unknown): Promise<string> {
    inbox.clear();
    Sentry.withIsolationScope(put);
    await poll(() => {
      expect(inbox.items({ type: 'event' })).toHaveLength(1);
    });
    const payload = inbox.items({ type: 'event' })[0]?.payload as {
      exception?: { values: { stacktrace?: unknown }[] };
    };
    for (const value of payload.exception?.values ?? []) delete value.stacktrace;
    return JSON.stringify(payload);
  }

  it.each(places)('is read a bounded number of times: %s', async (_name, put) => {
    reads = 0;
    const sent = await eventOf(() => put(endless() as never));
    expect(sent).toContain('timestamp');
    expect(reads).toBeLessThan(MOST_READS);
  });

  it.each(representative(places.slice(4), (_place, index) => index % 4 === 0))(
    'is sent in part, and the rest is marked: %s',
    async (_name, put) => {
      const sent = await eventOf(() => put(keyed(30_000) as never));
      expect(sent).toContain('key5');
      expect(sent).not.toContain('key1000');
      expect(sent).toContain('keys]');
    },
  );

  it('leaves the other parts of the event', async () => {
    const sent = await eventOf(() => {
      Sentry.setExtras({ hostile: endless(), ordinary: { id: 'ordinary extra' } });
      Sentry.setContext('order', { id: 'ordinary context' });
      tracker.addBreadcrumb('a', 'b', { id: 'ordinary breadcrumb' });
      fail();
    });
    expect(sent).toContain('ordinary extra');
    expect(sent).toContain('ordinary context');
    expect(sent).toContain('ordinary breadcrumb');
  });

  it('is no more text as a result of a thousand entries than as one attribute of a span', () => {
    const stringify = jest.spyOn(JSON, 'stringify');
    const result = Array.from({ length: 1_000 }, (_, at) => ({ at, text: 'x'.repeat(60_000) }));
    Sentry.withIsolationScope(() => {
      tracker.track({ name: 'work', root: true, result: () => result }, () => 1);
    });
    const characters = stringify.mock.results.reduce((sum, { value }) => sum + String(value ?? '').length, 0);
    stringify.mockRestore();
    expect(characters).toBeGreaterThan(1_000);
    expect(characters).toBeLessThan(200_000);
  });

  it('is not made a text, as the message of an error', async () => {
    reads = 0;
    const list = new Array(10_000).fill({ toString: () => `${reads++}` });
    const error = Object.assign(new TypeError(), { message: list });
    expect(await eventOf(() => tracker.captureException(error))).toContain('TypeError');
    expect(await eventOf(() => Sentry.captureException(Object.assign(new Error(), { message: list })))).toContain(
      'Error',
    );
    expect(reads).toBe(0);
  });

  it('is no reason to follow causes for ever, or to format a message of a million lines', async () => {
    expect(await eventOf(() => tracker.captureException(new Error('\n'.repeat(1_000_000))))).toContain('timestamp');
    const error = Object.defineProperty(new Error('endless'), 'cause', { get: () => endlessCause() });
    expect(await eventOf(() => tracker.captureException(error))).toContain('endless');
  });
});

function endlessCause(): Error {
  return Object.defineProperty(new Error('cause'), 'cause', { get: () => (reads++, endlessCause()) });
}
