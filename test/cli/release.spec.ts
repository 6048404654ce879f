import { SentryCli } from '@sentry/cli';
import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UPLOAD_OPTIONS } from '../../lib/cli/release/command-lines';
import type { Lane } from '../harness/app-process';
import { Receiver } from '../harness/receiver';
import { mainly, representative } from '../harness/scale';
import { removeApp, runCommand, runNode, writeApp, type Outcome } from './broken-app';
import { SentryServer } from './sentry-server';

const TOKEN = 'sntrys_thesecretoftheorganization';
const INSTALLED = join(process.cwd(), 'node_modules/@sentry/cli');

const THROWING = {
  'app.module.ts': `
    import { Module } from '@nestjs/common';
    import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
    @Module({ imports: [SentryModule.forRoot()] })
    export class AppModule {
      static inject = [ErrorTracker];
      constructor(tracker) { tracker.captureException(new Error('at start')); }
    }
    Reflect.defineMetadata('design:paramtypes', [ErrorTracker], AppModule);`,
  'main.ts': `
    import './instrument.js';
    import 'reflect-metadata';
    import { NestFactory } from '@nestjs/core';
    import { AppModule } from './app.module.js';
    async function start() {
      const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
      await app.close();
    }
    void start();`,
};

let server: SentryServer;
let folder: string;
const outcomes: Outcome[] = [];

function prepare(lane: Lane = '11', isInstalled = true) {
  folder = writeApp({ lane, files: THROWING, isBuilt: true });
  if (!isInstalled) return;
  mkdirSync(join(folder, 'node_modules/@sentry'), { recursive: true });
  symlinkSync(realpathSync(INSTALLED), join(folder, 'node_modules/@sentry/cli'));
}

async function release(
  args: string,
  env: NodeJS.ProcessEnv = {},
  meanwhile?: Parameters<typeof runCommand>[3],
): Promise<Outcome> {
  const variables = {
    SENTRY_URL: server.url,
    SENTRY_AUTH_TOKEN: TOKEN,
    SENTRY_ORG: 'acme',
    SENTRY_PROJECT: 'shop',
    SENTRY_RELEASE: 'shop@1.2.3',
    ...env,
  };
  const outcome = await runCommand(folder, ['release', ...args.split(' ')], variables, meanwhile);
  outcomes.push(outcome);
  return outcome;
}

async function eventsOfStart(env: NodeJS.ProcessEnv): Promise<any[]> {
  const receiver = await Receiver.start();
  await runNode(folder, [join(folder, 'dist/main.js')], { SENTRY_DSN: receiver.dsn, ...env });
  await receiver.close();
  return receiver.events;
}

beforeEach(async () => {
  server = await SentryServer.start();
});
afterEach(async () => {
  await server.close();
  removeApp(folder);
  for (const { stdout, stderr } of outcomes.splice(0)) expect(stdout + stderr).not.toContain(TOKEN);
});

const NAMES: [string, NodeJS.ProcessEnv, string | RegExp][] = [
  ['SENTRY_RELEASE', { SENTRY_RELEASE: ' shop@2.0.0 ', GIT_COMMIT_SHA: 'abc' }, 'shop@2.0.0'],
  ['APP_VERSION', { APP_VERSION: '2.1.0', GITHUB_SHA: 'f00' }, '2.1.0'],
  ['a variable of CI', { CI_COMMIT_SHA: 'c0ffee' }, 'c0ffee'],
  ['the commit', { git: 'yes' }, /^[0-9a-f]{40}$/],
  ['package.json', {}, 'acme-shop@0.3.0'],
];

test.each(representative(NAMES, (_row, at) => at === 0 || at >= 3))(
  'name: %s, as the events of the application',
  async (_of, { git, ...env }, expected) => {
    prepare();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: '@acme/shop', version: '0.3.0' }));
    const commit = [
      '-c',
      'user.name=ann',
      '-c',
      'user.email=ann@shop.example',
      'commit',
      '-qm',
      'Start',
      '--allow-empty',
    ];
    if (git !== undefined) for (const args of [['init', '-q'], commit]) execFileSync('git', args, { cwd: folder });
    const { stdout, stderr, code } = await runCommand(folder, ['release', 'name'], env);
    expect([code, stderr]).toEqual([0, '']);
    const [name = '', ...rest] = stdout.split('\n');
    expect(rest).toEqual(['']);
    expect(name).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    expect((await eventsOfStart(env)).map((event) => event.release)).toEqual([name]);
  },
);

test('the commands of a release reach Sentry with its name', async () => {
  prepare();
  for (const args of ['new --finalize', 'set-commits --commit shop@abc..def', 'deploys', 'finalize --released 10'])
    expect(await release(args, { SENTRY_ENVIRONMENT: 'staging' })).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Release shop@1.2.3\n/),
    });
  const path = '/acme/releases/shop@1.2.3/';
  expect(server.changes).toEqual([
    [
      'POST /acme/releases/',
      expect.objectContaining({ version: 'shop@1.2.3', projects: ['shop'], dateReleased: expect.any(String) }),
    ],
    ['POST /acme/releases/', { version: 'shop@1.2.3', projects: ['shop'] }],
    ['PUT ' + path, { refs: [{ repository: 'shop', commit: 'def', previousCommit: 'abc' }] }],
    ['POST ' + path + 'deploys/', expect.objectContaining({ environment: 'staging' })],
    ['PUT ' + path, { projects: ['shop'], dateReleased: '1970-01-01T00:00:10Z' }],
  ]);
  expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
});

test.each([
  ['deploys new -e eu -n blue', 'POST /acme/releases/shop@1.2.3/deploys/', { environment: 'eu', name: 'blue' }],
  ['deploys --release=other --env eu', 'POST /acme/releases/other/deploys/', { environment: 'eu' }],
  ['deploys list', 'GET /acme/releases/shop@1.2.3/deploys/', undefined],
])('%s: what is named is kept', async (args, line, body) => {
  prepare();
  await release(args, { SENTRY_ENVIRONMENT: 'staging' });
  expect(server.requests.at(-1)).toMatchObject({ line, ...(body && { body }) });
});

test('a deployment without an environment is refused', async () => {
  prepare();
  const { code, stderr } = await release('deploys');
  expect([code, server.requests]).toEqual([2, []]);
  expect(stderr).toContain('set SENTRY_ENVIRONMENT, or add --env production');
  expect(await release('deploys --help')).toMatchObject({ code: 0 });
});

test('a name that Sentry does not take is refused', async () => {
  prepare();
  const { code, stderr } = await release('new', { SENTRY_RELEASE: 'feature/login' });
  expect([code, server.requests]).toEqual([2, []]);
  expect(stderr).toContain(
    'SENTRY_RELEASE: received "feature/login"; expected a name that Sentry takes: it contains /',
  );
});

test('what Sentry refuses ends with the exit code of sentry-cli', async () => {
  prepare();
  server.status = 403;
  expect(await release('new')).toMatchObject({ code: 1, stderr: expect.stringContaining('403') });
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends sentry-cli, too', async (signal) => {
  prepare();
  server.status = undefined;
  const { code } = await release('new', {}, async (child) => {
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill(signal);
  });
  expect(code).toBe(signal === 'SIGTERM' ? 143 : 130);
});

test('without @sentry/cli, one line says what to install', async () => {
  prepare('11', false);
  expect(await release('new')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: nestjs-error-tracker release needs @sentry/cli: npm install --save-dev @sentry/cli\n',
  });
});

test.each(representative<Lane>(['11', '12'], () => true))(
  'lane %s: an event carries the debug ids of the uploaded source maps',
  async (lane) => {
    prepare(lane);
    expect(await release('sourcemaps dist --url-prefix ~/app --strict')).toMatchObject({ code: 0 });
    expect(server.changes.at(-1)).toEqual([
      'POST /acme/artifactbundle/assemble/',
      expect.objectContaining({ version: 'shop@1.2.3', projects: ['shop'] }),
    ]);
    const [manifest] = server.manifests;
    expect(manifest).toMatchObject({ org: 'acme', project: 'shop', release: 'shop@1.2.3' });
    const uploaded = new Map(
      Object.values<any>(manifest.files)
        .filter(({ type }) => type === 'minified_source')
        .map(({ url, headers }) => [url, headers['debug-id']]),
    );
    expect([...uploaded.keys()].sort()).toEqual(['~/app/app.module.js', '~/app/instrument.js', '~/app/main.js']);

    const [event] = await eventsOfStart({ SENTRY_RELEASE: 'shop@1.2.3' });
    expect(event.release).toBe('shop@1.2.3');
    expect(event.debug_meta.images).toContainEqual({
      type: 'sourcemap',
      code_file: expect.stringMatching(/\/dist\/app\.module\.js$/),
      debug_id: uploaded.get('~/app/app.module.js'),
    });
    const frames = event.exception.values[0].stacktrace.frames.map(({ filename }: any) => filename);
    expect(frames).toContain(event.debug_meta.images[0].code_file);
  },
);

test.each(mainly('11'))('lane %s: an option that no command knows changes no file', async (lane) => {
  prepare(lane);
  expect(await release('sourcemaps --no-such-option dist')).toMatchObject({ code: 2 });
  expect(await release('sourcemaps inject --dry-run dist')).toMatchObject({ code: 0 });
  const [event] = await eventsOfStart({});
  expect(event.debug_meta).toBeUndefined();
});

test('the options of sentry-cli are known by whether they take a value', () => {
  const optionsOf = (command: string) =>
    execFileSync(SentryCli.getPath(), ['sourcemaps', command, '--help'], { encoding: 'utf8' })
      .split('\n')
      .flatMap((line) => {
        const [, short, long, value] = /^ +(?:(-\w), )?(--[\w-]+)( <)?/.exec(line) ?? [];
        return [short, long].flatMap((name) => (name ? [{ name, kind: value ? 'withValue' : 'alone' }] : []));
      });
  const ofInject = optionsOf('inject').map(({ name }) => name);
  const isShared = (name: string) => ofInject.includes(name) && !['--ext', '-x'].includes(name);
  for (const kind of ['withValue', 'alone'] as const)
    expect(
      optionsOf('upload')
        .filter((option) => option.kind === kind && !isShared(option.name))
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...UPLOAD_OPTIONS[kind]].sort());
});
