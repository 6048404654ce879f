// The application starts Sentry with SentryModule.forRoot({ init }), when its modules are loaded and later.
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { captureEvents } from 'nestjs-error-tracker/testing';
import { test } from './runner.js';
import { Orders, startShop } from './shop.js';

@Module({ imports: [SentryModule.forRoot({ init: { scrubbing: { keys: ['street'] } } })], controllers: [Orders] })
class App {}

const events = captureEvents({ release: '2.0.0' });

async function streetSentBy(imports: Parameters<typeof startShop>[0]): Promise<string> {
  const { app, tracker, get } = await startShop(imports, [Orders]);
  await get('/orders/down');
  await events.expectSpan({ name: 'GET /orders/:id' });
  const { release } = await events.expectOne();
  assert.equal(release, '2.0.0');
  events.clear();
  tracker.captureMessage('x', { extra: { street: 'Elm Street' } });
  const { extra } = await events.expectOne();
  await app.close();
  return String(extra?.street);
}

test('before the test', async () => {
  assert.match(await streetSentBy([App]), /Filtered/);
});

test('within the test, with other options', async () => {
  const factory = { useFactory: () => ({ init: { scrubbing: { pii: 'keep' as const } } }) };
  assert.equal(await streetSentBy([SentryModule.forRootAsync(factory)]), 'Elm Street');
});
