import { Outbox } from '../../lib/delivery/outbox';
import type { ReceiverResponse } from '../../lib/delivery/response-outcome';

let status: number;
const answers = (): Promise<ReceiverResponse> => Promise.resolve({ status, headers: {} });
const open = (send = answers) =>
  new Outbox({
    send,
    host: 'sentry.example.com',
    maxAge: 60_000,
    now: Date.now,
    random: () => 0.5,
    recordDropped: () => undefined,
  });
const raise = (outbox: Outbox) => outbox.send([{}, [[{ type: 'event' }, { message: 'fails' }]]], 1);

test('flush is false after events were rejected, however often it is asked, and true again once others are accepted', async () => {
  const outbox = open();
  status = 400;
  for (let at = 0; at < 34; at++) await raise(outbox);
  expect(await outbox.flush(100)).toBe(false);
  expect(await outbox.flush(100)).toBe(false);
  status = 200;
  await raise(outbox);
  expect(await outbox.flush(100)).toBe(true);
});

test('flush is false if something was rejected before, and what is still on its way is accepted', async () => {
  const outbox = open();
  status = 400;
  await raise(outbox);
  status = 200;
  void raise(outbox);
  expect(await outbox.flush(100)).toBe(false);
});

test('flush is false if something could not be scrubbed', async () => {
  const outbox = open();
  expect(await outbox.flush(100)).toBe(true);
  outbox.lose();
  status = 200;
  await raise(outbox);
  expect(await outbox.flush(100)).toBe(false);
});

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

test.each([
  ['is not awaited again', 20, 20, false, false],
  ['is awaited if the process may wait longer', 20, 21, false, true],
  ['is awaited if it was queued later', 20, 20, true, true],
])('at the end of a process, what a flush has awaited in vain %s', async (_what, flush, exit, isLater, isAwaited) => {
  const outbox = open(() => new Promise(() => undefined));
  void raise(outbox);
  expect(await outbox.flush(flush)).toBe(false);
  if (isLater) void raise(outbox);
  const before = timers();
  outbox.waitForExit(exit);
  expect(timers() - before).toBe(isAwaited ? 1 : 0);
  outbox.shut();
});
