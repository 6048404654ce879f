import * as Sentry from '@sentry/nestjs';
import { setTimeout as pause } from 'node:timers/promises';
import { isSameBreadcrumb } from '../../lib/breadcrumbs/fold.js';
import { BoundedCopy, CopyAllowance } from '../../lib/bounds/index.js';
import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { initSentry } from '../../lib/init.js';
import { poll } from '../harness/poll.js';

let inbox: Inbox;

/** What an expression of `ignoreErrors` is matched with. */
const matched: number[] = [];
class Matcher extends RegExp {
  override test(text: string): boolean {
    if (text.includes('long')) matched.push(text.length);
    return false;
  }
}

beforeAll(async () => {
  inbox = await startInbox({ port: 0 });
  initSentry({
    dsn: inbox.dsn,
    environment: 'production',
    spool: false,
    throttle: false,
    sdk: { enableLogs: true, ignoreErrors: [new Matcher('long')] },
  });
});

afterAll(async () => {
  await Sentry.getClient()?.close(1);
  await inbox.close();
});

beforeEach(() => {
  inbox.clear();
});

/** A list whose elements count how often they are read. */
let reads = 0;
function counted(length: number): unknown[] {
  return new Proxy(new Array(length).fill('a value'), {
    get: (target, key) => {
      reads++;
      return Reflect.get(target, key) as unknown;
    },
  });
}

interface Attributes {
  attributes: Record<string, { value: unknown }>;
}

async function sent(type: 'log' | 'trace_metric', count: number): Promise<Attributes[]> {
  await Sentry.flush(5_000);
  const items = (): Attributes[] =>
    inbox.items({ type }).flatMap(({ payload }) => (payload as { items: Attributes[] }).items);
  await poll(() => {
    expect(items()).toHaveLength(count);
  });
  return items();
}

const kinds = [
  [
    'log',
    (attributes: object) => {
      Sentry.logger.info('a log', attributes as Record<string, unknown>);
    },
  ],
  [
    'trace_metric',
    (attributes: object) => {
      Sentry.metrics.count('sold', 1, { attributes: attributes as never });
    },
  ],
] as const;

describe.each(kinds)('a %s', (type, capture) => {
  it('has attributes of which so much is read as is sent', async () => {
    reads = 0;
    capture({ value: counted(100_000), rest: 'kept' });
    const [{ attributes }] = (await sent(type, 1)) as [Attributes];
    expect(reads).toBeLessThan(6_000);
    expect(String(attributes.value?.value)).toContain('more]');
    expect(attributes.rest?.value).toBe('kept');
  });

  it('in a loop has the attributes that all of them together may have, and the others are marked', async () => {
    await pause(1_000); // until nothing is left of what the tests before have used
    reads = 0;
    for (let at = 0; at < 1_000; at++) capture({ at, value: counted(900) });
    expect(reads).toBeGreaterThan(20_000);
    expect(reads).toBeLessThan(300_000);
    const items = await sent(type, 1_000);
    expect(new Set(items.map(({ attributes }) => attributes.at?.value)).size).toBe(1_000);
    expect(items.filter(({ attributes }) => String(attributes.value?.value).includes('[cut:')).length).toBeGreaterThan(
      500,
    );
  });

  it('has no texts of more than a million characters', async () => {
    capture({ text: 'x'.repeat(1_000_001), long: 'y'.repeat(60_000) });
    const [{ attributes }] = (await sent(type, 1)) as [Attributes];
    expect(attributes.text?.value).toBe('[cut:text]');
    expect(attributes.long?.value).toHaveLength(60_000);
  });
});

it('a log has no message of more than a million characters', async () => {
  Sentry.logger.info('x'.repeat(1_000_001));
  expect(await sent('log', 1)).toMatchObject([{ body: '[cut:message]' }]);
});

it('a breadcrumb has no message of more than a million characters', async () => {
  Sentry.withIsolationScope(() => {
    Sentry.addBreadcrumb({ message: 'x'.repeat(1_000_001), category: 'test' });
    Sentry.addBreadcrumb({ message: 'x'.repeat(1_000), category: 'test' });
    Sentry.captureException(new Error('failure'));
  });
  await poll(() => {
    expect(inbox.items({ type: 'event' })).toHaveLength(1);
  });
  const { breadcrumbs } = inbox.items({ type: 'event' })[0]?.payload as { breadcrumbs: { message: string }[] };
  expect(breadcrumbs.slice(-2).map(({ message }) => message)).toEqual(['[cut:message]', 'x'.repeat(1_000)]);
});

describe('breadcrumbs are compared', () => {
  const crumb = (data: object, message = 'a message') => ({
    category: 'test',
    message,
    data: data as Record<string, unknown>,
  });
  const nested = (count: number): object => {
    const values = (make: () => unknown): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, make()]));
    return values(() => values(() => values(() => (reads++, 1))));
  };

  it('if they are small', () => {
    expect(isSameBreadcrumb(crumb({ a: { b: [1, 'x'] } }), crumb({ a: { b: [1, 'x'] } }))).toBe(true);
    expect(isSameBreadcrumb(crumb({ a: { b: [1, 'x'] } }), crumb({ a: { b: [1, 'y'] } }))).toBe(false);
  });

  it('up to ten thousand characters of texts', () => {
    const text = 'x'.repeat(6_000);
    expect(isSameBreadcrumb(crumb({ text }), crumb({ text }))).toBe(true);
    expect(isSameBreadcrumb(crumb({ text }, text), crumb({ text }, text))).toBe(false);
    expect(isSameBreadcrumb(crumb({ a: text, b: text }), crumb({ a: text, b: text }))).toBe(false);
  });

  it('up to five hundred values', () => {
    const looked = { count: 0 };
    const has = jest.spyOn(Object, 'hasOwn').mockImplementation((object, key) => {
      looked.count++;
      return Object.prototype.hasOwnProperty.call(object, key);
    });
    expect(isSameBreadcrumb(crumb(nested(6)), crumb(nested(6)))).toBe(true);
    looked.count = 0;
    expect(isSameBreadcrumb(crumb(nested(40)), crumb(nested(40)))).toBe(false);
    has.mockRestore();
    expect(looked.count).toBeLessThan(3_000);
  });
});

describe('an allowance', () => {
  const limits = { depth: 8, breadth: 1_000, values: 5_000, characters: 40_000 };

  it('shrinks by what was copied, and is whole again after its time', () => {
    let now = 0;
    const allowance = new CopyAllowance({ values: 6_000, characters: 50_000 }, 1_000, () => now);
    const copy = new BoundedCopy(allowance.within(limits));
    copy.of(new Array(900).fill('12345'));
    allowance.spend(copy.spent);
    allowance.spend({ values: 4_500, characters: 40_000 });
    expect(allowance.within(limits)).toMatchObject({ values: 596, characters: 5_500 });
    allowance.spend({ values: 1e9, characters: 1e9 });
    expect(allowance.within(limits)).toMatchObject({ values: 0, characters: 0 });
    now = 500;
    expect(allowance.within(limits)).toMatchObject({ values: 3_000, characters: 25_000 });
    now = 5_000;
    expect(allowance.within(limits)).toEqual(limits);
  });
});

it.each([
  ['without a prototype', () => Object.setPrototypeOf(new Error('no class'), null) as unknown],
  [
    'without a name and a constructor',
    () => Object.assign(new Error('no class'), { name: '', constructor: undefined }),
  ],
])('an error %s is sent, and capturing it does not throw', async (_what, make) => {
  expect(() => Sentry.captureException(make())).not.toThrow();
  await poll(() => {
    expect(inbox.items({ type: 'event' })).toHaveLength(1);
  });
  const { exception } = inbox.items({ type: 'event' })[0]?.payload as { exception: { values: { value: string }[] } };
  expect(exception.values[0]?.value).toBe('no class');
});

test.each<[string, () => unknown]>([
  ['error', () => Sentry.captureException(new Error('long '.repeat(2_000_000)))],
  ['text', () => Sentry.captureException('long '.repeat(2_000_000))],
  ['message', () => Sentry.captureMessage('long '.repeat(2_000_000))],
])('patterns for errors are not matched with the whole of a long %s', async (_kind, capture) => {
  matched.length = 0;
  capture();
  await Sentry.flush(5_000);
  expect(inbox.items({ type: 'event' })).toHaveLength(1);
  expect(matched.length).toBeGreaterThan(0);
  expect(Math.max(...matched)).toBeLessThanOrEqual(110_000);
});
