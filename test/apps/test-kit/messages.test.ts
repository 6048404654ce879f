// What a failing expectation says.
import assert from 'node:assert/strict';
import { captureEvents } from 'nestjs-error-tracker/testing';
import { after, before, test } from './runner.js';
import { startShop, type RunningShop } from './shop.js';

const events = captureEvents();
let shop: RunningShop;

before(async () => {
  shop = await startShop();
});
after(() => shop.app.close());

async function messageOf(expectation: Promise<unknown>): Promise<string> {
  const failure: Error = await expectation.then(
    () => assert.fail('it has not failed'),
    (error) => error,
  );
  assert.match(failure.stack ?? '', /messages\.test/); // the line of the test
  return failure.message;
}

test('shows what was expected and what arrived, the closest first', async () => {
  shop.tracker.captureMessage('nothing like it');
  await shop.get('/orders/down');
  const message = await messageOf(
    events.expectOne({ type: 'GatewayError', transaction: 'POST /orders', tag: { domain: 'payment' } }),
  );
  assert.equal(
    message.replaceAll(/user-\w+@/g, 'user-x@').replaceAll(/\[Filtered[^\]]*\]/g, '[Filtered]'),
    [
      'Expected one event with',
      "  type: 'GatewayError'",
      "  transaction: 'POST /orders'",
      "  tag: { domain: 'payment' }",
      'Received 2 events, the closest first:',
      '  1. GatewayError: no answer for user-x@pseudonym.invalid, password=[Filtered], in GET /orders/:id',
      "       transaction: expected 'POST /orders'",
      "                    received 'GET /orders/:id'",
      '  2. message (info): nothing like it',
      "       type: expected 'GatewayError'",
      '             received undefined',
      "       transaction: expected 'POST /orders'",
      '                    received undefined',
      "       tag.domain: expected 'payment'",
      '                   received undefined',
    ].join('\n'),
  );
});

test('says why there is no event', async () => {
  await shop.get('/orders/unknown');
  assert.match(await messageOf(events.expectOne()), /Received no event\.\n.*1 ignored, by status or capture\.ignore/);
});

test('lists several events where one was expected, or none', async () => {
  for (let at = 0; at < 5; at++) shop.tracker.captureMessage(`number ${at}`);
  const several = await messageOf(events.expectOne({ message: /number/ }));
  assert.match(several, /^Expected one event with\n {2}message: \/number\/\nReceived 5 events:/);
  assert.match(several, /1\. message \(info\): number 0\n.*\n.*\n {2}… and 2 more$/);
  assert.match(await messageOf(events.expectNone()), /^Expected no event\nReceived 5 events:/);
});

test('shows where breadcrumbs differ', async () => {
  await shop.get('/orders/down');
  const message = await messageOf(
    events.expectBreadcrumbs({}, [{ message: 'payments.charge failed' }, { message: 'payments.charge started' }]),
  );
  assert.match(message, /^Expected a breadcrumb after number 2 with\n {2}message: 'payments\.charge started'/);
  assert.match(message, /It is number 1, which is too early\./);
  assert.match(message, /✓ 2\. operation: payments\.charge failed/);
});

test('shows the closest spans', async () => {
  await shop.get('/orders/42');
  const message = await messageOf(events.expectSpan({ name: 'payments.charge', status: 'internal_error' }));
  assert.match(message, /1\. function payments\.charge\n {7}status: expected 'internal_error'\n {15}received 'ok'/);
});

test('shows no secret, and says that a scrubbed value never arrives', async () => {
  shop.tracker.setUser({ id: '1', email: 'ann@shop.test' });
  shop.tracker.captureMessage('x');
  const message = await messageOf(
    events.expectOne({ message: 'token=hunter2secretvalue', user: { email: 'ann@shop.test', password: 'hunter2' } }),
  );
  assert.doesNotMatch(message, /hunter2|ann@shop/);
  assert.match(message, /shown scrubbed: this value is never sent/);
});

test('is short, however long the values are', async () => {
  for (let at = 0; at < 30; at++) shop.tracker.captureMessage(`${at} ${'long '.repeat(5_000)}`);
  const tag = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`tag${at}`, 'x'.repeat(1_000)]));
  assert.ok((await messageOf(events.expectOne({ tag }))).length <= 4_000);
});

test('refuses what no event has', async () => {
  await assert.rejects(events.expectOne({ tags: {} } as object), /expectOne\.tags: .*did you mean tag\?/);
  await assert.rejects(events.expectNone({ level: 'warn' as 'warning' }), /expectNone\.level: received "warn"/);
  await assert.rejects(events.expectSpan({ operation: 'x' } as object), /expectSpan\.operation: /);
});
