import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lane } from '../harness/app-process';
import { certificateFor } from '../harness/certificate';
import { poll } from '../harness/poll';
import { isFull } from '../harness/scale';
import { removeApp, runCommand, writeApp, type AppSources } from './broken-app';

const SECRET = 'thesecretpartofthekey';
const TOKEN = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';

/** One set-up, and what is found in it. */
interface SetUp extends Omit<AppSources, 'lane'> {
  env?: Record<string, string | undefined>;
  args?: string[];
  answer?: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Ids of errors and warnings, in any order. */
  found: string[];
  /** What the first of them says. */
  says?: RegExp;
  /** Where it can happen; both lanes by default. */
  lanes?: Lane[];
  /** Runs in `npm test` too, on the first of its lanes. */
  always?: true;
}

const main = (...replacements: [string | RegExp, string][]) => {
  const text = `
    import './instrument.js';
    import 'reflect-metadata';
    import { NestFactory } from '@nestjs/core';
    import { AppModule } from './app.module.js';
    async function start() {
      const app = await NestFactory.create(AppModule, { logger: false });
      app.enableShutdownHooks();
      await app.listen(3000);
    }
    void start();`;
  return replacements.reduce((changed, [from, to]) => changed.replace(from, to), text);
};
const appModule = (imports: string, more = '') => `
  import { Module } from '@nestjs/common';
  import { SentryModule } from 'nestjs-error-tracker';
  ${more}
  @Module({ imports: [${imports}] })
  export class AppModule {}`;
const instrument = (options: string) => `
  import { initSentry } from 'nestjs-error-tracker/init';
  initSentry(${options});`;
const status =
  (code: number, detail = '') =>
  (_request: IncomingMessage, response: ServerResponse) =>
    response.writeHead(code, { 'content-type': 'application/json', 'x-sentry-error': detail }).end('{}');

const SET_UPS: Record<string, SetUp> = {
  'a healthy application, which sends something when it starts': {
    files: {
      'main.ts': main(
        ['await app.listen', `app.get(ErrorTracker).captureMessage('started');\n await app.listen`],
        [/$/, `import { ErrorTracker } from 'nestjs-error-tracker';`],
      ),
    },
    found: [],
    lanes: ['12', '11'],
    always: true,
  },
  'a worker without a server': {
    files: {
      'main.ts': main(
        ['NestFactory.create(', 'NestFactory.createApplicationContext('],
        ['await app.listen(3000);', ''],
      ),
    },
    found: [],
    lanes: ['11'],
  },
  'workers of a cluster': {
    files: {
      'main.ts': main(
        [/^/, `import cluster from 'node:cluster';`],
        ['void start();', 'if (cluster.isPrimary) for (let n = 0; n < 2; n++) cluster.fork();\nelse void start();'],
      ),
    },
    found: [],
    always: true,
  },
  'a script that sets variables and passes arguments': {
    files: {
      'package.json': JSON.stringify({
        type: 'commonjs',
        scripts: { 'start:prod': `SHOP=tea node main --port "$SENTRY_ENVIRONMENT" && echo over` },
      }),
      'main.ts': main([
        /^/,
        `if (process.env.SHOP !== 'tea' || process.argv.slice(2).join() !== '--port,production') process.exit(4);`,
      ]),
    },
    args: [],
    found: [],
    lanes: ['11'],
  },
  'a start with --import in the script of package.json': {
    files: {
      'package.json': JSON.stringify({
        type: 'module',
        scripts: { 'start:prod': 'NODE_ENV=production node --import nestjs-error-tracker/register main' },
      }),
      'main.ts': main([/import '.\/instrument.js';/, `import 'pg';`]),
    },
    args: [],
    found: [],
    lanes: ['12'],
  },
  // ---- connectivity
  'no DSN': { env: { SENTRY_DSN: undefined }, found: ['dsn-missing'] },
  'SENTRY_ENABLED=false in production': { env: { SENTRY_ENABLED: 'false' }, found: ['sentry-disabled'], lanes: ['11'] },
  'a DSN that is none': {
    env: { SENTRY_DSN: `https://abc:${SECRET}@sentry.example/shop` },
    found: ['dsn-malformed'],
    says: /^SENTRY_DSN: received "https:\/\/\*\*\*@sentry.example\/shop"; expected a Sentry DSN/,
    always: true,
  },
  'a closed port': {
    env: { SENTRY_DSN: 'http://key@127.0.0.1:9/1' },
    found: ['dsn-unreachable'],
    says: /ECONNREFUSED/,
    always: true,
  },
  'a receiver that hangs': { answer: () => undefined, found: ['dsn-unreachable'], says: /ETIMEDOUT/, lanes: ['11'] },
  'a receiver with 500': { answer: status(500), found: ['dsn-unreachable'], says: /http_500/, lanes: ['11'] },
  'a portal in the way': {
    answer: (_request, response) => response.end('<!doctype html><title>Log in</title>'),
    found: ['dsn-unreachable'],
    says: /a web page answers there \(web_page\)/,
    lanes: ['11'],
  },
  'a certificate that nobody knows': {
    env: { SENTRY_DSN: 'tls' },
    found: ['dsn-unreachable'],
    says: /certificate is not trusted/,
  },
  'a wrong key': {
    answer: status(403, `bad key ${TOKEN}`),
    found: ['dsn-refused'],
    says: /rejects the key.*http_403.*says: bad key/,
    always: true,
  },
  'a key that is unknown': { answer: status(401), found: ['dsn-refused'], says: /http_401/, lanes: ['11'] },
  'a wrong project': { answer: status(404), found: ['dsn-refused'], says: /does not know this project/, lanes: ['11'] },
  'a proxy with limits': { answer: status(413), found: ['dsn-refused'], says: /too large/, lanes: ['11'] },
  'a used up quota': { answer: status(429), found: ['dsn-refused'], says: /no more events/, lanes: ['11'] },
  'a clock that is wrong': {
    answer: (_request, response) =>
      response.writeHead(200, { date: new Date(Date.now() + 3_600_000).toUTCString() }).end('{}'),
    found: ['clock-skew'],
    says: /3[56]\d\d seconds behind/,
  },
  // ---- options
  'a wrong variable': {
    env: { SENTRY_TRACES_SAMPLE_RATE: '10%' },
    found: ['configuration-invalid'],
    says: /SENTRY_TRACES_SAMPLE_RATE: received "10%"/,
  },
  'several wrong variables': {
    env: { SENTRY_TRACES_SAMPLE_RATE: '10%', SENTRY_SAMPLE_RATE: 'all', SENTRY_SLACK_WEBHOOK_URL: 'hooks.slack.com' },
    found: ['configuration-invalid', 'configuration-invalid', 'configuration-invalid'],
    says: /^SENTRY_SAMPLE_RATE: .+ SENTRY_TRACES_SAMPLE_RATE: .+ SENTRY_SLACK_WEBHOOK_URL: /,
    lanes: ['11'],
  },
  'a wrong option': {
    files: { 'app.module.ts': appModule('SentryModule.forRoot({ captur: {} })') },
    found: ['configuration-invalid'],
    says: /^captur: received/,
    always: true,
  },
  'a wrong option of a factory': {
    files: {
      'app.module.ts': appModule('SentryModule.forRootAsync({ useFactory: async () => ({ captur: {} }) })'),
      'main.ts': main(['logger: false', "logger: ['error']"]),
    },
    found: ['configuration-invalid'],
    says: /^captur: received/,
  },
  'no errors': { env: { SENTRY_SAMPLE_RATE: '0' }, found: ['sample-rate-zero'], lanes: ['11'] },
  'all traces': {
    env: { SENTRY_TRACES_SAMPLE_RATE: '1' },
    found: ['traces-sample-rate-high'],
    says: /100 % of traces.*'production'/,
  },
  'all traces in development': {
    env: { SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'development' },
    found: [],
    lanes: ['11'],
  },
  'all traces, checked for production': {
    env: { SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_ENVIRONMENT: 'development' },
    args: ['--entry', 'main.js', '--environment', 'production'],
    found: ['traces-sample-rate-high'],
    lanes: ['11'],
  },
  'personal data': {
    env: { SENTRY_SEND_DEFAULT_PII: 'true' },
    found: ['pii-sent'],
    says: /E-mail or IP/,
    lanes: ['11'],
  },
  'no scrubbing, and debugging': {
    files: { 'instrument.ts': instrument('{ scrubbing: false, debug: true }') },
    found: ['debug-on', 'pii-sent'],
  },
  'a variable that nothing reads beside the right one': {
    env: { SENTRY_ENVIROMENT: 'production' },
    found: ['variable-unknown'],
    says: /SENTRY_ENVIROMENT/,
    lanes: ['11'],
  },
  'a variable that nothing reads': {
    env: { SENTRY_TRACE_SAMPLE_RATE: '1' },
    found: ['variable-unknown'],
    says: /SENTRY_TRACE_SAMPLE_RATE/,
    lanes: ['11'],
  },
  // ---- the start
  'nothing that starts Sentry': { files: { 'instrument.ts': '' }, found: ['init-missing'], always: true },
  'Nest before Sentry': {
    files: {
      'main.ts': main(
        [`import './instrument.js';`, ''],
        [`from '@nestjs/core';`, `from '@nestjs/core';\nimport './instrument.js';`],
      ),
    },
    found: ['init-late'],
  },
  'Nest before Sentry, in ES modules': {
    files: {
      'main.ts': main(
        [`import './instrument.js';`, ''],
        [`from '@nestjs/core';`, `from '@nestjs/core';\nimport './instrument.js';`],
      ),
    },
    found: ['init-late'],
    lanes: ['12'],
    always: true,
  },
  'a start in the module': {
    files: { 'instrument.ts': '', 'app.module.ts': appModule('SentryModule.forRoot({ init: {} })') },
    found: ['init-late'],
  },
  'a client of a database before Sentry': {
    files: { 'main.ts': main([/^/, `import 'pg';`]) },
    found: ['init-late'],
    says: /pg/,
    lanes: ['11'],
  },
  'ES modules without --import': {
    files: { 'main.ts': main([/$/, `import 'pg';`]) },
    found: ['esm-without-import'],
    says: /Linked before: pg/,
    lanes: ['12'],
    always: true,
  },
  'a second Sentry.init': {
    files: {
      'main.ts': main([
        `import './instrument.js';`,
        `import './instrument.js';\nimport * as Sentry from '@sentry/nestjs';\nSentry.init({ dsn: process.env.SENTRY_DSN, environment: 'production', release: 'x@1.2.3' });`,
      ]),
    },
    found: ['client-replaced'],
    always: true,
  },
  'only the SDK': {
    files: {
      'instrument.ts': `import * as Sentry from '@sentry/nestjs';
        Sentry.init({ dsn: process.env.SENTRY_DSN });
        Sentry.captureMessage('started');`,
      'app.module.ts': appModule(''),
    },
    found: ['init-missing', 'module-missing'],
  },
  'no module': { files: { 'app.module.ts': appModule('') }, found: ['module-missing'], always: true },
  'the module twice': {
    files: { 'app.module.ts': appModule('SentryModule.forRoot(), SentryModule.forRoot({ operations: {} })') },
    found: ['module-twice'],
    says: /2 times/,
  },
  'no shutdown hooks': {
    files: { 'main.ts': main(['app.enableShutdownHooks();', '']) },
    found: ['shutdown-hooks-off'],
  },
  'a hook without its place': {
    files: {
      'instrument.ts': `${instrument('')}
        import { ExceptionsHandler } from '@nestjs/core/exceptions/exceptions-handler.js';
        Object.defineProperty(ExceptionsHandler.prototype, 'next', { value: undefined });`,
    },
    found: ['hooks-missing'],
    lanes: ['11'],
    says: /exceptions \(HTTP errors/,
    always: true,
  },
  // ---- what is installed
  'two copies of Nest': {
    copies: ['@nestjs/common'],
    found: ['nest-duplicate'],
    says: /@nestjs\/common/,
    always: true,
    lanes: ['11', '12'],
  },
  'two copies of Sentry': {
    copies: ['@sentry/core'],
    files: { 'main.ts': main([/^/, `import '@sentry/core';`]) },
    found: ['sentry-duplicate'],
    says: /@sentry\/core/,
  },
  'a version that is not supported': {
    files: {
      'node_modules/axios/package.json': JSON.stringify({ name: 'axios', version: '0.27.2', main: 'index.js' }),
      'node_modules/axios/index.js': 'module.exports = {};',
      'main.ts': main([/^/, `import 'axios';`]),
    },
    found: ['version-unsupported'],
    says: /axios 0\.27\.2, needed is \^1/,
  },
  // ---- releases
  'no release': { env: { SENTRY_RELEASE: undefined }, found: ['release-missing'], lanes: ['11'] },
  'a release that is always the same': {
    env: { SENTRY_RELEASE: 'latest' },
    found: ['release-vague'],
    says: /'latest'/,
    lanes: ['11'],
  },
  'a release that Sentry does not take': {
    env: { SENTRY_RELEASE: 'feature/login' },
    found: ['release-invalid'],
    says: /'feature\/login': it contains \//,
    lanes: ['11'],
  },
  'no source maps': {
    files: { 'tsconfig.json': '{}' },
    found: ['source-maps-missing'],
    says: /3 of 3 files/,
  },
  'a bundle that contains the SDK, without a source map': {
    files: {
      'tsconfig.json': '{}',
      'main.ts': `${main()}\n// e._sentryDebugIds || {}`,
      ...Object.fromEntries(
        ['app.module.ts', 'instrument.ts'].map((name) => [
          name,
          `${name === 'app.module.ts' ? appModule('SentryModule.forRoot()') : instrument('')}
          (globalThis as any)._sentryDebugIds = {}; const n = 'stack';
          (globalThis as any)._sentryDebugIds[n]="0b5ee6e4-1a3c-4ad8-9c4b-cc9c3b1f2d3e";`,
        ]),
      ),
    },
    found: ['source-maps-missing'],
    says: /1 of 3 files have no source map: main\.js/,
    lanes: ['11'],
  },
  'source maps of another build': {
    files: {
      'tsconfig.json': '{}',
      'main.js.map': JSON.stringify({ version: 3, sources: ['main.ts'], mappings: ';'.repeat(500) + 'AAAA' }),
      'instrument.ts': `${instrument('')}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify({ version: 3, sources: ['instrument.txt'], sourcesContent: ['old'], mappings: 'AAAA' })).toString('base64')}`,
      'instrument.txt': 'new',
      'app.module.ts': `${appModule('SentryModule.forRoot()')}\n//# debugId=1\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify({ version: 3, debugId: '2', sources: [], mappings: 'AAAA' })).toString('base64')}`,
      'main.ts': `${main()}\n//# sourceMappingURL=main.js.map`,
    },
    found: ['source-maps-stale'],
    says: /main\.js.*instrument\.js.*|instrument\.js.*/,
    lanes: ['11'],
  },
  'a spool that cannot be written': {
    env: { SENTRY_SPOOL_DIR: '/proc/spool' },
    found: ['spool-unusable'],
    lanes: ['11'],
  },
  // ---- an entry that cannot be started
  'a module that fails': {
    files: { 'app.module.ts': `export class AppModule {}\nthrow new TypeError('no such shop');` },
    found: ['entry-failed'],
    says: /TypeError: no such shop at \S+app\.module\.js:\d+:\d+\./,
  },
  'an entry that fails': {
    files: { 'main.ts': `throw new Error('no database at postgres://shop:${SECRET}@db/shop');` },
    found: ['entry-failed'],
    says: /main\.js could not be started: Error: no database at/,
    always: true,
  },
  'an entry that is missing': {
    args: ['--entry', 'dist/main.js'],
    found: ['entry-failed'],
    says: /no such file/,
    lanes: ['11'],
  },
  'an entry in TypeScript': {
    args: ['--entry', 'src/main.ts'],
    found: ['entry-failed'],
    says: /TypeScript, and only built files/,
    lanes: ['11'],
  },
};

const rows = Object.entries(SET_UPS).flatMap(([name, setUp]) => {
  const lanes = setUp.lanes ?? ['11', '12'];
  if (isFull) return lanes.map((lane) => [name, lane, setUp] as const);
  return setUp.always ? [[name, lanes[0]!, setUp] as const] : [];
});

let servers: Server[];
let folders: string[];
let bodies: string[];
beforeEach(() => {
  servers = [];
  folders = [];
  bodies = [];
});
afterEach(async () => {
  for (const folder of folders) removeApp(folder);
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function receiver(answer: SetUp['answer'] = status(200), isSecure = false): Promise<string> {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(`${request.url}\n${body}`);
      answer(request, response);
    });
  };
  const server = isSecure ? createTlsServer(certificateFor('IP:127.0.0.1'), handle) : createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http${isSecure ? 's' : ''}://publickey:${SECRET}@127.0.0.1:${port}/1`;
}

async function examine(
  lane: Lane,
  { files, copies, env, args = ['--entry', 'main.js'], answer }: SetUp,
  more: string[] = ['--json'],
) {
  const folder = writeApp({ lane, files, copies });
  folders.push(folder);
  const spool = mkdtempSync(join(tmpdir(), 'doctor-spool-'));
  const isSecure = env?.SENTRY_DSN === 'tls';
  const variables = {
    SENTRY_DSN: await receiver(answer, isSecure),
    SENTRY_ENVIRONMENT: 'production',
    SENTRY_RELEASE: 'shop@1.2.3',
    SENTRY_SPOOL_DIR: spool,
    ...env,
    ...(isSecure && { SENTRY_DSN: await receiver(answer, true) }),
  };
  const outcome = await runCommand(folder, ['doctor', ...args, ...more], variables);
  expect(readdirSync(spool)).toEqual([]); // what waits there is left alone, and nothing is added
  rmSync(spool, { recursive: true });
  const all = outcome.stdout + outcome.stderr;
  for (const secret of [SECRET, TOKEN, 'publickey']) expect(all).not.toContain(secret);
  // Nothing but the envelope of the check has left.
  for (const body of bodies)
    expect(body).toMatch(/\n\{"type":"client_report"\}\n\{"timestamp":[\d.]+,"discarded_events":\[\]\}$/);
  return outcome;
}

test.each(rows)('%s, lane %s', async (_name, lane, setUp) => {
  const { code, stdout, stderr } = await examine(lane, setUp);
  const { findings } = JSON.parse(stdout || `{"findings":"${stderr}"}`);
  const serious = findings.filter(({ severity }: any) => severity !== 'info');
  expect(serious.map(({ id }: any) => id).sort()).toEqual(setUp.found);
  if (setUp.says) expect(serious.map(({ what }: any) => what).join(' ')).toMatch(setUp.says);
  for (const finding of findings) {
    expect(Object.keys(finding)).toEqual(['id', 'severity', 'what', 'why', 'fix']);
    expect(Object.values(finding).every(Boolean)).toBe(true);
  }
  expect(code).toBe(serious.some(({ severity }: any) => severity === 'error') ? 2 : 0);
});

test('as text: the worst first, and only the topics that are named', async () => {
  const env = { SENTRY_RELEASE: 'latest', SENTRY_TRACES_SAMPLE_RATE: '1', SENTRY_SAMPLE_RATE: '0' };
  const { code, stdout, stderr } = await examine('11', { env, found: [] }, [
    '--only',
    'performance,security',
    '--strict',
  ]);
  expect(stdout.match(/^(?:\w+ +[\w-]+|Errors:)/gm)).toEqual([
    'error    sample-rate-zero',
    'warning  traces-sample-rate-high',
    'Errors:',
  ]);
  expect(stdout).toContain('\n         fix: Set SENTRY_TRACES_SAMPLE_RATE=0.1');
  expect(stderr).toContain('Starting node main.js: nothing is sent to Sentry');
  expect(stdout).not.toContain('\u001b');
  expect(code).toBe(2);
  expect(bodies).toEqual([]);
});

test('variables that cannot be read are a finding, whichever topics are named', async () => {
  const env = { SENTRY_DSN: 'https://o1.ingest.sentry.io/1' };
  const { code, stdout } = await examine('11', { env, found: [] }, ['--only', 'connectivity', '--json']);
  expect([code, JSON.parse(stdout).findings.map(({ id }: any) => id)]).toEqual([2, ['dsn-malformed']]);
});

test('with --strict, warnings are a failure', async () => {
  const outcome = await examine('11', { env: { SENTRY_RELEASE: 'latest' }, found: [] }, ['--strict', '--json']);
  expect(outcome.code).toBe(1);
});

test('what the application has started ends with it, also if it never gives control back', async () => {
  const children = `
    import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    writeFileSync('pids.txt', process.pid + ' ' + child.pid);`;
  const files = { 'main.ts': `${children}\n${main()}` };
  const { stdout } = await examine('11', { files, found: [] });
  expect(JSON.parse(stdout)).toEqual({ findings: [] });
  const pids = readFileSync(join(folders[0]!, 'pids.txt'), 'utf8').split(' ').map(Number);
  expect(pids.map(isRunning)).toEqual([false, false]);

  const blocked = writeApp({ lane: '11', files: { 'main.ts': `${children}\nfor (;;);` } });
  folders.push(blocked);
  const file = join(blocked, 'pids.txt');
  const outcome = runCommand(blocked, ['doctor', '--entry', 'main.js'], {}, async (child) => {
    await poll(() => {
      expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/\d \d/);
    });
    child.kill('SIGINT');
  });
  expect((await outcome).stdout).toContain('entry-failed');
  expect(readFileSync(file, 'utf8').split(' ').map(Number).map(isRunning)).toEqual([false, false]);
});

/** Also false for a process that has ended and that nobody has asked about. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
