import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CapturedEvents, SentryTestingModule } from 'nestjs-error-tracker/testing';
import { Shelves } from '../src/warehouse/shelves.js';

// One provider, in an application that the test builds: no database, no server.
@Module({ imports: [SentryTestingModule.forTest()], providers: [Shelves] })
class ShelvesOnly {}

test('what is taken from a shelf is an operation, looking at it is not', async () => {
  const app = await NestFactory.createApplicationContext(ShelvesOnly);
  const shelves = app.get(Shelves);
  shelves.take('tea', 20);
  expect(shelves.left('tea')).toBe(30);
  expect(() => {
    shelves.take('tea', 31);
  }).toThrow('The shelf of tea has 30 pieces, not 31');
  const spans = await app.get(CapturedEvents).spans();
  expect(spans.map(({ name, op, status }) => [name, op, status])).toEqual([
    ['Shelves.take', 'warehouse', 'ok'],
    ['Shelves.take', 'warehouse', 'internal_error'],
  ]);
  await app.close();
});
