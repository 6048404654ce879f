// The application has started Sentry when its modules were loaded, before the test could say anything.
import './instrument.js';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { captureEvents } from 'nestjs-error-tracker/testing';
import { test } from './runner.js';
import { Orders, startShop } from './shop.js';

@Module({ imports: [SentryModule.forRoot()], controllers: [Orders] })
class App {}

const events = captureEvents();

test('what the application scrubs is scrubbed, and everything is reported', async () => {
  const { app, tracker, get } = await startShop([App]);
  await get('/orders/down');
  await get('/orders/down');
  const [first] = await events.all();
  assert.equal((await events.all()).length, 2);
  assert.equal(first?.environment, 'test');
  await events.expectSpan({ name: 'GET /orders/:id' });
  events.clear();
  tracker.captureMessage('x', { extra: { street: 'Elm Street' } });
  const { extra } = await events.expectOne();
  assert.match(String(extra?.street), /Filtered/);
  await app.close();
});
