import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Lane } from '../harness/app-process';
import { isFull, mainly, representative, variation } from '../harness/scale';
import { receivers, run, valuesOf, type ReceiverKind } from './ended-process';
import { endsAlive, kinds, usually, ways } from './expectations';

jest.setTimeout(180_000); // six processes at a time

const lanes: Lane[] = ['11', '12'];
const isSilent = (receiver: ReceiverKind) => receiver === 'no DSN' || receiver === 'disabled';

const all = lanes.flatMap((lane) =>
  kinds.flatMap((KIND) => ways.map(([CASE, end, captured]) => ({ lane, KIND, CASE, end, captured }))),
);
const rows = representative(all, ({ lane, KIND, CASE }) => {
  const [usualLane, usualKind] = usually[CASE] ?? [];
  return lane === usualLane && KIND === usualKind;
});
const receiversOf = (CASE: string) => representative(receivers, (receiver) => receiver === usually[CASE]?.[2]);

describe('a process ends as it would without this library, whatever Sentry does', () => {
  test.each(rows)('lane $lane: $KIND, $CASE', async ({ lane, KIND, CASE, end, captured }) => {
    // An uncaught exception waits for a flush: long enough for a retry in between.
    const timeout = { SENTRY_SHUTDOWN_TIMEOUT: CASE === 'throw' ? '1500ms' : '400ms' };
    const tried = receiversOf(CASE);
    const ended = await Promise.all(tried.map((receiver) => run(lane, receiver, { KIND, CASE, ...timeout })));
    const seen = ended.map(({ code, signal, kept }, at) => [tried[at], code ?? signal, valuesOf(kept)]);
    expect(seen).toEqual(
      tried.map((receiver) => {
        const livesOn = CASE === 'reject' && !isSilent(receiver);
        return [receiver, livesOn ? endsAlive[KIND] : end, isSilent(receiver) ? [] : captured];
      }),
    );
    if (!isFull) return;
    const bare = await run(lane, 'no DSN', { KIND, CASE, BARE: '1' });
    expect(bare.code ?? bare.signal).toBe(end);
  });
});

describe.each(mainly('11'))('lane %s: what was captured when the process exits is on disk', (lane) => {
  const hanging = (CASE: string, env = {}) => run(lane, 'hanging', { KIND: 'context', CASE, ...env });

  test('before the listener of an uncaughtException exits, with its context, scrubbed', async () => {
    const { code, kept } = await hanging('own uncaughtException listener');
    expect(code).toBe(1);
    expect(kept).toMatchObject([
      { level: 'fatal', tags: { scope: 'kept' }, exception: { values: [{ value: 'thrown at top level' }] } },
    ]);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
  });

  const causes: [string, Record<string, string>, string[]][] = [
    ['another error', {}, ['thrown at top level', 'thrown by the listener']],
    [
      'another error, before the SDK has seen the first',
      { BEFORE_SDK: '1' },
      ['thrown at top level', 'thrown by the listener'],
    ],
    ['the same error', { RETHROWS: '1' }, ['thrown at top level']],
  ];
  test.each(representative(causes, (_cause, at) => at === 0))(
    'before the listener of an uncaughtException throws %s, after which there is no exit event',
    async (_what, env, captured) => {
      const { code, kept } = await hanging('throwing uncaughtException listener', env);
      expect({ code, kept: valuesOf(kept) }).toEqual({ code: 7, kept: captured });
    },
  );

  variation('before a listener of an uncaughtException that comes before the SDK exits', async () => {
    const { code, kept } = await hanging('first uncaughtException listener');
    expect({ code, kept: valuesOf(kept) }).toEqual({ code: 4, kept: ['thrown at top level'] });
  });

  variation('an uncaughtException after another one, which a listener survived', async () => {
    const { code, kept } = await hanging('uncaughtException listener for once');
    expect({ code, kept: valuesOf(kept) }).toEqual({ code: 1, kept: ['survived', 'thrown at top level'] });
  });

  test('before the listener of an unhandledRejection exits', async () => {
    const { code, kept } = await hanging('own unhandledRejection listener');
    expect({ code, kept: valuesOf(kept) }).toEqual({ code: 1, kept: ['rejected'] });
  });

  test('in a listener of exit', async () => {
    const { code, kept } = await hanging('captures on exit');
    expect({ code, kept: valuesOf(kept) }).toEqual({ code: 0, kept: ['captured on exit'] });
  });

  test('the summary of what the throttle left out', async () => {
    const { kept } = await hanging('fifty errors', { SENTRY_THROTTLE: 'true' });
    const summaries = kept.filter((event) => event.tags?.throttle === 'summary');
    expect(summaries).toMatchObject([{ contexts: { throttle: { left_out: 50 - (kept.length - 1) } } }]);
  });

  test('the logs of the SDK', async () => {
    expect((await hanging('logs')).typesOnDisk).toContain('log');
  });

  const hooks: [string, string, string[]][] = [
    ['drops the event', 'drops', []],
    ['changes the event', 'decides', ['yes']],
    ['has not decided', 'waits', []],
  ];
  test.each(representative(hooks, ([, does]) => does === 'waits'))(
    'unless beforeSend %s',
    async (_does, BEFORE_SEND, decided) => {
      const { kept } = await hanging('exit in a handler', { BEFORE_SEND });
      expect(kept.map((event) => event.tags.decided)).toEqual(decided);
    },
  );

  variation('unless an asynchronous event processor has not decided', async () => {
    expect((await hanging('exit in a handler', { PROCESSOR: 'waits' })).kept).toEqual([]);
  });
});

test.each(mainly('11'))('lane %s: a script ends while a proxy does not respond', async (lane) => {
  const proxy = createServer().listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { code, kept } = await run(lane, 'well', { KIND: 'context', CASE: 'end', http_proxy, no_proxy: '' });
  expect({ code, kept: valuesOf(kept) }).toEqual({ code: 0, kept: ['captured before the end'] });
  proxy.close();
});

test.each(mainly('11'))('lane %s: flush of the SDK resolves to false if Sentry refuses connections', async (lane) => {
  const { code, messages } = await run(lane, 'refused', { KIND: 'context', CASE: 'flush' });
  expect({ code, messages }).toEqual({ code: 0, messages: ['ready', { flushed: false }] });
});
