// Applications that a test builds itself, one after the other and at the same time.
import assert from 'node:assert/strict';
import { Controller, Get } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';
import { captureEvents, CapturedEvents, fakeTracker, SentryTestingModule } from 'nestjs-error-tracker/testing';
import { test } from './runner.js';
import { GatewayError, Orders, startShop } from './shop.js';

const all = captureEvents();

@Controller('fails')
class Failing {
  @Get()
  fails() {
    throw new Error('of another application');
  }
}

test('the events of applications that run at the same time are known apart', async () => {
  const shops = [
    await startShop([SentryTestingModule.forTest()], [Orders]),
    await startShop([SentryTestingModule.forTest()], [Failing]),
  ];
  const [ofOrders, ofFailing] = shops.map(({ app }) => app.get(CapturedEvents));
  await Promise.all([shops[0]!.get('/orders/down'), shops[1]!.get('/fails')]);
  await ofOrders!.expectOne({ type: 'GatewayError' });
  await ofFailing!.expectOne({ message: 'of another application' });
  assert.equal((await all.all()).length, 2);
  assert.deepEqual(
    (await ofFailing!.spans()).map(({ name }) => name),
    ['GET /fails', 'Failing.fails'],
  );
  ofOrders!.clear();
  await ofOrders!.expectNone();
  await ofFailing!.expectOne();
  await Promise.all(shops.map(({ app }) => app.close()));
});

test('each application has its own options', async () => {
  const first = await startShop([SentryTestingModule.forTest({ capture: { ignore: [GatewayError] } })], [Orders]);
  await first.get('/orders/down');
  await first.app.get(CapturedEvents).expectNone();
  await first.app.close();
  const second = await startShop([SentryTestingModule.forTest()], [Orders]);
  await second.get('/orders/down');
  await second.app.get(CapturedEvents).expectOne();
  await second.app.close();
});

test('a share of failures with a status is all of them', async () => {
  const { app, get } = await startShop([SentryTestingModule.forTest({ capture: { status: { 404: 0.01 } } })], [Orders]);
  await get('/orders/unknown');
  await app.get(CapturedEvents).expectOne({ type: 'NotFoundException' });
  await app.close();
});

for (const name of ['first', 'second']) {
  test(`a throttle that a test asks for begins anew: the ${name} test`, async () => {
    const init = { throttle: { burst: 2, perMinute: 1 } };
    const { app, get, tracker } = await startShop([SentryTestingModule.forTest({ init })], [Orders]);
    for (let at = 0; at < 5; at++) await get('/orders/down');
    assert.equal(tracker.status().capture.throttled, 3);
    assert.equal((await app.get(CapturedEvents).all()).length, 3); // the last one is the summary
    await app.close();
  });
}

test('rates and scrubbing can be set', async () => {
  const init = { sampleRate: 0, tracesSampleRate: 0 };
  const { app, get, tracker } = await startShop([SentryTestingModule.forTest({ init })], [Orders]);
  await get('/orders/down');
  await app.get(CapturedEvents).expectNone();
  assert.deepEqual(await app.get(CapturedEvents).spans(), []);
  assert.equal(tracker.status().capture.sampledOut, 1);
  await app.close();

  const other = await startShop([SentryTestingModule.forTest({ init: { scrubbing: { keys: ['street'] } } })], [Orders]);
  other.tracker.captureMessage('x', { extra: { street: 'Elm Street' } });
  const { extra } = await other.app.get(CapturedEvents).expectOne();
  assert.match(String(extra?.street), /Filtered/);
  await other.app.close();
});

test('alerts notify only channels of the test', async () => {
  const sent: string[] = [];
  const channel = { send: async ({ rule }: { rule: string }) => void sent.push(rule), digest: false as const };
  const { errorCount } = await import('nestjs-error-tracker/alerts');
  const alerts = { enabled: true, rules: [errorCount({ above: 0, within: '1m', name: 'any' })], channels: { channel } };
  const { app, get } = await startShop([SentryTestingModule.forTest({ alerts })], [Orders]);
  await get('/orders/down');
  for (let turns = 0; sent.length === 0 && turns < 100; turns++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(sent, ['any']);
  await app.close();
});

test('a fake tracker records calls, and runs what it tracks', async () => {
  const { of, lastValueFrom } = await import('rxjs');
  const tracker = fakeTracker();
  assert.ok(tracker instanceof ErrorTracker);
  assert.match(tracker.captureException(new Error('x')) ?? '', /^[0-9a-f]{32}$/);
  assert.match(tracker.capturePaymentError('declined', { provider: 'stripe' }) ?? '', /^[0-9a-f]{32}$/);
  assert.match(tracker.captureMessage('x', 'warning') ?? '', /^[0-9a-f]{32}$/);
  tracker.setUser({ id: '1' });
  tracker.metrics.count('orders', 2);
  assert.equal(
    tracker.track('sync', () => 1),
    1,
  );
  const promise = Promise.resolve(2);
  assert.equal(
    tracker.track({ name: 'promise' }, () => promise),
    promise,
  );
  assert.equal(await lastValueFrom(tracker.isolate(() => of(3))), 3);
  assert.throws(
    () =>
      tracker.track('fails', () => {
        throw new GatewayError('x');
      }),
    GatewayError,
  );
  assert.equal(tracker.status().state, 'ok');
  assert.equal(await tracker.flush(), true);
  assert.deepEqual(
    tracker.calls.map(({ method }) => method),
    [
      'captureException',
      'capturePaymentError',
      'captureMessage',
      'setUser',
      'metrics.count',
      'track',
      'track',
      'isolate',
      'track',
      'status',
      'flush',
    ],
  );
  assert.deepEqual(tracker.calls[4], { method: 'metrics.count', args: ['orders', 2] });
  await all.expectNone();
});

test('a fake tracker can be provided', async () => {
  const { Test } = await import('@nestjs/testing');
  const tracker = fakeTracker();
  const testing = await Test.createTestingModule({
    providers: [{ provide: ErrorTracker, useValue: tracker }],
  }).compile();
  testing.get(ErrorTracker).recordEvent('order.paid', { total: 5 });
  assert.deepEqual(tracker.calls, [{ method: 'recordEvent', args: ['order.paid', { total: 5 }] }]);
});
