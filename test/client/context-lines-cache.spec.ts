import { contextLinesIntegration, type Event } from '@sentry/nestjs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberingSourceLines } from '../../lib/client/source-lines';

const folder = mkdtempSync(join(tmpdir(), 'source-'));
/** More than the ten that the SDK keeps. */
const files = Array.from({ length: 25 }, (_, at) => join(folder, `file${at}.js`));
beforeAll(() => {
  for (const file of files) writeFileSync(file, Array.from({ length: 30 }, (_, at) => `${file} ${at + 1}`).join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const reader = rememberingSourceLines(contextLinesIntegration());
const client = { getDataCollectionOptions: () => ({ frameContextLines: 3 }) } as never;
const eventOf = (places: [string, number][]): Event => ({
  exception: { values: [{ stacktrace: { frames: places.map(([filename, lineno]) => ({ filename, lineno })) } }] },
});
const process = async (places: [string, number][]) => {
  const event = await reader.processEvent?.(eventOf(places), {}, client);
  return event?.exception?.values?.[0]?.stacktrace?.frames ?? [];
};
const places = files.map((file): [string, number] => [file, 10]);

test('events at the same time all have their lines', async () => {
  const later = files.map((file): [string, number] => [file, 20]);
  const stacks = await Promise.all(Array.from({ length: 5 }, () => process(later)));
  for (const frames of stacks)
    expect(frames.map(({ context_line }) => context_line?.slice(-3))).toEqual(files.map(() => ' 20'));
});

test('frames of more files than the SDK keeps all have their lines, the first time and from memory', async () => {
  const frames = await process(places);
  expect(frames.map(({ context_line }) => context_line)).toEqual(files.map((file) => `${file} 10`));
  expect(frames[0]?.pre_context).toEqual([7, 8, 9].map((line) => `${files[0]} ${line}`));
  rmSync(folder, { recursive: true });
  expect(await process(places)).toEqual(frames);
});

test('what a hook does to the lines of one event does not show in the next', async () => {
  const [first] = await process(places);
  first?.pre_context?.splice(0, 3, 'changed');
  expect((await process(places))[0]?.pre_context).toHaveLength(3);
});

test('a file that cannot be read leaves its frame as it is', async () => {
  const gone: [string, number][] = [[join(folder, 'gone.js'), 3]];
  expect(await process(gone)).toEqual([{ filename: gone[0]?.[0], lineno: 3 }]);
  expect(await process(gone)).toEqual([{ filename: gone[0]?.[0], lineno: 3 }]);
});
