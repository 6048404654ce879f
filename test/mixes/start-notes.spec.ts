import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from '../harness/app-process';

const DSN = 'http://key@127.0.0.1:9/1';

/** The notes of this library in the output of an application that starts with these variables. */
async function notesOf(env: Record<string, string>): Promise<string[]> {
  const app = await AppProcess.start({ lane: '11', app: 'mixes', env: { MODULES: 'ours', INITS: 'ours', ...env } });
  await app.stop();
  // eslint-disable-next-line no-control-regex -- the colours of Nest's logger
  const lines = app.output.replace(/\u001b\[\d+(;\d+)*m/g, '').split('\n');
  return lines.filter((line) => line.includes('[SentryModule]')).map((line) => line.split('[SentryModule] ')[1]!);
}

test.each([
  [
    'the host of the DSN',
    { SENTRY_DSN: DSN, SENTRY_SAMPLE_RATE: '0.25' },
    'Events go to 127.0.0.1:9; environment production; errors 25 %, traces 100 %.',
  ],
  [
    'the inbox',
    {},
    'Events go to the inbox at http://127.0.0.1:8970; environment development; errors 100 %, traces 100 %.',
  ],
  [
    'nowhere',
    { SENTRY_ENVIRONMENT: 'test' },
    'Events go nowhere, because there is no SENTRY_DSN; environment test; errors 100 %, traces 100 %.',
  ],
  [
    'nowhere if it is disabled',
    { SENTRY_DSN: DSN, SENTRY_ENABLED: 'false' },
    'Events go nowhere, because Sentry is not enabled; environment production; errors 100 %, traces 100 %.',
  ],
])('one line says that events go to %s', async (_where, env, line) => {
  expect((await notesOf(env)).filter((note) => note.startsWith('Events go'))).toEqual([line]);
});

describe('a .env file in the working directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['is hinted at if its DSN was not read', 'A=1\nexport SENTRY_DSN=https://s3cret@sentry.example/7\n', {}, true],
    ['is no matter if it has no DSN', '# SENTRY_DSN=x\nSENTRY_DSN=\n', {}, false],
    ['is no matter if there is a DSN', 'SENTRY_DSN=https://s3cret@sentry.example/7\n', { SENTRY_DSN: DSN }, false],
  ])('%s', async (_what, content, env, isHinted) => {
    writeFileSync(join(folder, '.env'), content);
    const notes = await notesOf({ SENTRY_ENVIRONMENT: 'test', FOLDER: folder, ...env });
    expect(notes.some((note) => note.includes('node --env-file=.env'))).toBe(isHinted);
    expect(notes.join()).not.toContain('s3cret');
  });
});

test('options of forRoot({ init }) that come too late are named, and so are patterns that match no route', async () => {
  const options = {
    init: { sampleRate: 0.5, release: 'late' },
    budgets: { 'GET /fail/:id': '1s', 'GET /fial/:id': '1s', 'rpc orders.*': '1s' },
  };
  const notes = await notesOf({ SENTRY_DSN: DSN, OPTIONS: JSON.stringify(options) });
  expect(notes).toContainEqual(expect.stringContaining('ignored: init.sampleRate, init.release.'));
  expect(notes).toContainEqual(expect.stringContaining("budgets: no route matches 'GET /fial/:id'."));
});
