import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from '../harness/app-process';
import { poll } from '../harness/poll';
import { representative } from '../harness/scale';

const DSN = 'http://key@127.0.0.1:9/1';

/** The notes of this library in the output of an application that starts with these variables. */
async function notesOf(env: Record<string, string>): Promise<string[]> {
  const app = await AppProcess.start({ lane: '11', app: 'mixes', env: { MODULES: 'ours', INITS: 'ours', ...env } });
  await app.stop();
  // eslint-disable-next-line no-control-regex -- the colours of Nest's logger
  const lines = app.output.replace(/\u001b\[\d+(;\d+)*m/g, '').split('\n');
  return lines.filter((line) => line.includes('[SentryModule]')).map((line) => line.split('[SentryModule] ')[1]!);
}

const destinations: [string, Record<string, string>, string][] = [
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
];
const notesOnDestination = (notes: string[]) => notes.filter((note) => note.startsWith('Events go'));

// Two of them are also in the notes of the tests below.
test.each(representative(destinations, (_row, at) => at % 2 === 1))(
  'one line says that events go to %s',
  async (_where, env, line) => {
    expect(notesOnDestination(await notesOf(env))).toEqual([line]);
  },
);

describe('a .env file in the working directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const files: [string, string, Record<string, string>, boolean][] = [
    ['is hinted at if its DSN was not read', 'A=1\nexport SENTRY_DSN=https://s3cret@sentry.example/7\n', {}, true],
    ['is no matter if it has no DSN', '# SENTRY_DSN=x\nSENTRY_DSN=\n', {}, false],
    ['is no matter if there is a DSN', 'SENTRY_DSN=https://s3cret@sentry.example/7\n', { SENTRY_DSN: DSN }, false],
  ];
  test.each(representative(files, (_file, at) => at === 0))('%s', async (_what, content, env, isHinted) => {
    writeFileSync(join(folder, '.env'), content);
    const notes = await notesOf({ SENTRY_ENVIRONMENT: 'test', FOLDER: folder, ...env });
    expect(notes.some((note) => note.includes('node --env-file=.env'))).toBe(isHinted);
    if (isHinted) expect(notesOnDestination(notes)).toEqual([expect.stringContaining('there is no SENTRY_DSN')]);
    expect(notes.join()).not.toContain('s3cret');
  });
});

test('options of forRoot({ init }) that come too late are named, and so are patterns that match no route', async () => {
  const options = {
    init: { sampleRate: 0.5, release: 'late' },
    budgets: { 'GET /fail/:id': '1s', 'GET /fial/:id': '1s', 'rpc orders.*': '1s' },
  };
  const notes = await notesOf({ SENTRY_DSN: DSN, OPTIONS: JSON.stringify(options) });
  expect(notesOnDestination(notes)).toEqual([expect.stringContaining('Events go to 127.0.0.1:9;')]);
  expect(notes).toContainEqual(expect.stringContaining('ignored: init.sampleRate, init.release.'));
  expect(notes).toContainEqual(expect.stringContaining("budgets: no route matches 'GET /fial/:id'."));
});

test('a missing module is said without a failing request', async () => {
  const app = await AppProcess.start({ lane: '11', app: 'mixes', env: { INITS: 'ours', SENTRY_DSN: DSN } });
  try {
    await poll(() => {
      expect(app.output).toContain('Nest is loaded, but no module imports SentryModule.forRoot()');
    }, 20_000);
  } finally {
    await app.stop();
  }
});
