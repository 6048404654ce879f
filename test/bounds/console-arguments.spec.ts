import * as Sentry from '@sentry/nestjs';
import { startInbox, type Inbox } from '../../lib/inbox/index.js';
import { initSentry } from '../../lib/init.js';
import { poll } from '../harness/poll.js';

interface Printed {
  message: string;
  data: { arguments: unknown[] };
}

const printed: unknown[][] = [];
const original = console.debug;
let inbox: Inbox;

beforeAll(async () => {
  console.debug = (...args) => void printed.push(args);
  inbox = await startInbox({ port: 0 });
  initSentry({ dsn: inbox.dsn, environment: 'production', spool: false, throttle: false });
});

afterAll(async () => {
  console.debug = original;
  await inbox.close();
  await Sentry.getClient()?.close(1);
});

async function breadcrumbOf(...args: unknown[]): Promise<Printed> {
  inbox.clear();
  printed.length = 0;
  Sentry.withIsolationScope(() => {
    console.debug(...args);
    Sentry.captureException(new Error('after it was printed'));
  });
  await poll(() => {
    expect(inbox.items({ type: 'event' })).toHaveLength(1);
  });
  const event = inbox.items({ type: 'event' })[0]?.payload as { breadcrumbs: Printed[] };
  return event.breadcrumbs.at(-1)!;
}

let reads = 0;
const counted = (list: unknown[]): unknown =>
  new Proxy(list, {
    get: (target, key) => {
      reads++;
      return Reflect.get(target, key) as unknown;
    },
  });

test.each([
  ['a long list', () => new Array(100_000).fill('item')],
  ['a list of long lists', () => new Array(500).fill(new Array(500).fill('item'))],
  ['a proxy of a list', () => counted(new Array(50_000).fill('item'))],
  ['bytes', () => Buffer.alloc(1_000_000, 'item')],
])('%s is printed as it is, and read in part', async (_what, make) => {
  reads = 0;
  const value = make();
  const breadcrumb = await breadcrumbOf('value:', value, 'end');
  expect(printed).toHaveLength(1);
  expect(printed[0]![1]).toBe(value);
  expect(breadcrumb.message).toMatch(/^value: .* end$/s);
  expect(JSON.stringify(breadcrumb).length).toBeLessThan(100_000);
  expect(reads).toBeLessThan(5_000);
});

test('a sparse list does not stop the process', async () => {
  const sparse = new Array(2 ** 32 - 1);
  await breadcrumbOf(sparse);
  expect(printed[0]![0]).toBe(sparse);
});
