import { contextLinesIntegration, type Event } from '@sentry/nestjs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheContextLines } from '../../lib/client/context-lines-cache';

const folder = mkdtempSync(join(tmpdir(), 'source-'));
/** More than the ten files that the SDK caches. */
const files = Array.from({ length: 25 }, (_, at) => join(folder, `file${at}.js`));
beforeAll(() => {
  for (const file of files) writeFileSync(file, Array.from({ length: 30 }, (_, at) => `${file} ${at + 1}`).join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const reader = cacheContextLines(contextLinesIntegration());
const client = { getDataCollectionOptions: () => ({ frameContextLines: 3 }) } as never;
const eventOf = (locations: [string, number][]): Event => ({
  exception: { values: [{ stacktrace: { frames: locations.map(([filename, lineno]) => ({ filename, lineno })) } }] },
});
const process = async (locations: [string, number][]) => {
  const event = await reader.processEvent?.(eventOf(locations), {}, client);
  return event?.exception?.values?.[0]?.stacktrace?.frames ?? [];
};
const locations = files.map((file): [string, number] => [file, 10]);

test('concurrent events all get their lines', async () => {
  const later = files.map((file): [string, number] => [file, 20]);
  const stacks = await Promise.all(Array.from({ length: 5 }, () => process(later)));
  for (const frames of stacks)
    expect(frames.map(({ context_line }) => context_line?.slice(-3))).toEqual(files.map(() => ' 20'));
});

test('frames of more files than the SDK caches all get their lines, read or cached', async () => {
  const frames = await process(locations);
  expect(frames.map(({ context_line }) => context_line)).toEqual(files.map((file) => `${file} 10`));
  expect(frames[0]?.pre_context).toEqual([7, 8, 9].map((line) => `${files[0]} ${line}`));
  rmSync(folder, { recursive: true });
  expect(await process(locations)).toEqual(frames);
});

test('changing the lines of one event does not affect the next', async () => {
  const [first] = await process(locations);
  first?.pre_context?.splice(0, 3, 'changed');
  expect((await process(locations))[0]?.pre_context).toHaveLength(3);
});

test('a frame whose file cannot be read stays unchanged', async () => {
  const gone: [string, number][] = [[join(folder, 'gone.js'), 3]];
  expect(await process(gone)).toEqual([{ filename: gone[0]?.[0], lineno: 3 }]);
  expect(await process(gone)).toEqual([{ filename: gone[0]?.[0], lineno: 3 }]);
});
