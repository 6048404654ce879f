import { Outbox } from '../../lib/delivery/outbox';
import type { ReceiverResponse } from '../../lib/delivery/response-outcome';

let status: number;
const answers = (): Promise<ReceiverResponse> => Promise.resolve({ status, headers: {} });
const open = (send = answers, now = Date.now) =>
  new Outbox({
    send,
    host: 'sentry.example.com',
    maxAge: 60_000,
    now,
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

/** What happens between a flush that has waited in vain for 20 ms and the end of the process. */
type Between = 'nothing' | 'queued' | 'queued, long after' | 'answered, queued';

test.each<[string, number, Between, boolean]>([
  ['what a flush has awaited in vain is not awaited again', 20, 'nothing', false],
  ['it is if the process may wait longer', 21, 'nothing', true],
  ['nor is what was queued just after, as the receiver is silent', 20, 'queued', false],
  ['what was queued long after is awaited', 20, 'queued, long after', true],
  ['what was queued once the receiver has responded is awaited', 20, 'answered, queued', true],
])('at the end of a process: %s', async (_what, exit, between, isAwaited) => {
  let later = 0;
  let isSilent = true;
  const outbox = open(
    () => (isSilent ? new Promise(() => undefined) : answers()),
    () => Date.now() + later,
  );
  void raise(outbox);
  expect(await outbox.flush(20)).toBe(false);
  if (between.endsWith('long after')) later = 60;
  if (between.startsWith('answered')) {
    isSilent = false;
    status = 200;
    await raise(outbox);
    isSilent = true;
    later = 1;
  }
  if (between !== 'nothing') void raise(outbox);
  const before = timers();
  outbox.waitForExit(exit);
  expect(timers() - before).toBe(isAwaited ? 1 : 0);
  outbox.shut();
});
