import type { Event } from '@sentry/nestjs';
import { describeUnfinished, noteEnd, noteStart, type Unfinished } from '../../lib/context/unfinished.js';

const query = (at: number): Unfinished => ({ what: 'queries', summary: () => `query ${at}` });

function shown(execution: Parameters<typeof describeUnfinished>[1]): unknown {
  const event: Event = {};
  describeUnfinished(event, execution);
  return event.contexts;
}

test('the latest ten of at most a hundred are shown, in the order of their start', () => {
  const execution: Parameters<typeof noteStart>[0] = { kind: 'http' };
  const all = Array.from({ length: 150 }, (_, at) => query(at));
  for (const each of all) noteStart(execution, each);
  expect(execution.unfinished?.size).toBe(100);
  expect(shown(execution)).toEqual({
    unfinished: { queries: Array.from({ length: 10 }, (_, at) => `query ${at + 90}`) },
  });
  for (const each of all) noteEnd(execution, each);
  expect(shown(execution)).toBeUndefined();
});

test('nothing is shown of what something else stands for, and of work outside of executions', () => {
  const execution: Parameters<typeof noteStart>[0] = { kind: 'job' };
  noteStart(execution, { what: 'queries', summary: () => undefined });
  expect(shown(execution)).toBeUndefined();
  const outside: Parameters<typeof noteStart>[0] = { kind: 'process' };
  noteStart(outside, query(1));
  expect(shown(outside)).toBeUndefined();
});
