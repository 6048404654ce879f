import { readSourceMap } from '../../lib/cli/doctor/source-map.js';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandText, startCommand } from '../../lib/cli/doctor/start-command';
import { satisfies } from '../../lib/cli/doctor/version-range';
import { runCommandLine } from '../../lib/cli/program';
import { alertsFromEnvironment } from '../../lib/alerts/environment';
import { optionsFromEnvironment } from '../../lib/options/environment';
import { OWN_VARIABLES, unreadVariables } from '../../lib/options/known-variables';
import { testTerminal } from './test-terminal';

test.each([
  ['11.2.10', '^11.0.0 || ^12.0.0', true],
  ['12.0.0', '^11.0.0 || ^12.0.0', true],
  ['10.4.0', '^11.0.0 || ^12.0.0', false],
  ['13.0.0', '^11.0.0 || ^12.0.0', false],
  ['10.75.3', '^10.75.3 || >=11.0.0-rc.1 <12', true],
  ['10.75.2', '^10.75.3 || >=11.0.0-rc.1 <12', false],
  ['11.0.0-rc.1', '^10.75.3 || >=11.0.0-rc.1 <12', true],
  ['11.0.0-rc.10', '^10.75.3 || >=11.0.0-rc.1 <12', true],
  ['11.0.0-beta.3', '^10.75.3 || >=11.0.0-rc.1 <12', false],
  ['12.0.0-alpha.1', '^10.75.3 || >=11.0.0-rc.1 <12', false],
  ['0.2.2', '^0.1.13 || ^0.2.0', true],
  ['0.3.0', '^0.1.13 || ^0.2.0', false],
  ['20.19.0', '>=20.20.0', false],
  ['24.1.0', '>=20.20.0', true],
  ['10.6.1', '>=6', true],
])('%s is in %s: %s', (version, range, is) => {
  expect(satisfies(version, range)).toBe(is);
});

test.each([
  ['SENTRY_TRACE_SAMPLE_RATE', 'SENTRY_TRACES_SAMPLE_RATE'],
  ['SENTRY_ENV', 'SENTRY_ENVIRONMENT'],
  ['SENTRY_SEND_PII', 'SENTRY_SEND_DEFAULT_PII'],
  ['sentry_dsn', 'SENTRY_DSN'],
  ['SENTRY_SAMPLERATE', 'SENTRY_SAMPLE_RATE'],
  ['SENTRY_ERRORS_SAMPLE_RATE', 'SENTRY_ERROR_SAMPLE_RATE'],
  ['SENTRY_TRACING_SAMPLE_RATE', 'SENTRY_TRACES_SAMPLE_RATE'],
  ['SENTRY_VERSION', 'SENTRY_RELEASE'],
  ['SENTRY_STAGE', 'SENTRY_ENVIRONMENT'],
  ['SENTRY_DISABLED', 'SENTRY_ENABLED'],
  ['SENTRY_PII', 'SENTRY_SEND_DEFAULT_PII'],
])('%s looks like %s', (name, meant) => {
  expect(unreadVariables({ [name]: '1' })).toEqual([{ name, meant }]);
});

// Of the SDK, sentry-cli, bundler plugins, Kubernetes (a service named sentry), and of the user.
test.each([
  ...['SENTRY_TRACE', 'SENTRY_SPOTLIGHT', 'SENTRY_NAME', 'SENTRY_TRACE_LIFECYCLE', 'SENTRY_PRELOAD_INTEGRATIONS'],
  ...['SENTRY_AUTH_TOKEN', 'SENTRY_ORG', 'SENTRY_PROJECT', 'SENTRY_URL', 'SENTRY_LOG_LEVEL', 'SENTRY_VCS_REMOTE'],
  ...['SENTRY_HTTP_MAX_RETRIES', 'SENTRY_NO_PROGRESS_BAR', 'SENTRY_DISABLE_UPDATE_CHECK', 'SENTRY_PIPELINE'],
  ...['SENTRY_SERVICE_HOST', 'SENTRY_SERVICE_PORT', 'SENTRY_PORT', 'SENTRY_PORT_9000_TCP_PROTO'],
  ...['SENTRY_DSN', 'SENTRY_ERROR_SAMPLE_RATE', 'SENTRY_TEAM', 'SENTRY_SECRET_KEY', 'SENTRY_', 'NODE_ENV'],
])('%s is no mistake', (name) => {
  expect(unreadVariables({ [name]: '1', SENTRY_ENV: ' ', SENTRY_TRACES: undefined })).toEqual([]);
});

describe('the start command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-command-'));
    mkdirSync(join(folder, 'dist'));
    for (const name of ['main', 'worker']) writeFileSync(join(folder, `dist/${name}.js`), '');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const register = '--import nestjs-error-tracker/register';

  test.each([
    [undefined, undefined, 'node dist/main.js'],
    [`node ${register} dist/main`, undefined, `node ${register} dist/main.js`],
    [`node ${register} dist/main`, 'dist/main.js', `node ${register} dist/main.js`],
    [`node ${register} dist/main`, 'dist/worker.js', 'node dist/worker.js'],
    [
      'cross-env NODE_ENV=production node -r dotenv/config --env-file=.env --inspect "dist/worker"',
      undefined,
      'node -r dotenv/config --env-file=.env dist/worker.js',
    ],
    [
      'npm run build && node dist/main --port $PORT --host ${HOST:-all} --name="a b" --none=$NONE && echo over',
      undefined,
      'node dist/main.js --port 3000 --host all "--name=a b" --none=',
    ],
    ['node dist/main --port 3000 2>&1 | pino-pretty', 'dist/main', 'node dist/main.js --port 3000'],
    ['nest start', undefined, 'node dist/main.js'],
    ['node gone.js', undefined, 'node dist/main.js'],
  ])('of the script %j and the entry %j', (script, entry, command) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { 'start:prod': script } }));
    expect(commandText(startCommand(folder, entry, { PORT: '3000' }), folder)).toBe(command);
  });

  test.each([
    [
      'NODE_ENV=production SENTRY_RELEASE="shop 1" node dist/main',
      { NODE_ENV: 'production', SENTRY_RELEASE: 'shop 1' },
    ],
    ['cross-env NODE_ENV=qa node dist/main', { NODE_ENV: 'qa' }],
    ['OTHER=1 npm run build && NODE_ENV=qa node dist/main X=1', { NODE_ENV: 'qa' }],
    ['node dist/main', {}],
  ])('%s sets its variables', (script, variables) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { 'start:prod': script } }));
    expect(startCommand(folder, undefined, {}).variables).toEqual(variables);
  });
});

test('a topic that does not exist is wrong use', async () => {
  const terminal = testTerminal();
  expect(await runCommandLine(['doctor', '--only', 'speed'], terminal)).toBe(2);
  expect(terminal.stderr).toContain('Expected one or more of connectivity, security, performance, configuration');
});

test('every variable that is read is known, and nothing else is taken for one', () => {
  const read = new Set<string>();
  const recording = new Proxy<Record<string, string>>(
    {},
    {
      get(_target, name) {
        if (String(name).startsWith('SENTRY_')) read.add(String(name));
        return undefined;
      },
    },
  );
  optionsFromEnvironment(recording);
  alertsFromEnvironment(recording);
  // Read only once their channel is set up.
  for (const name of ['SENTRY_SLACK_CHANNEL', 'SENTRY_ALERT_WEBHOOK_SECRET']) read.add(name);
  expect([...OWN_VARIABLES].sort()).toEqual([...read].sort());
});

describe('the map of a built file', () => {
  const mapOf = (map: object) => {
    const inline = Buffer.from(JSON.stringify({ version: 3, sources: ['main.ts'], ...map })).toString('base64');
    return readSourceMap(`//# sourceMappingURL=data:application/json;base64,${inline}`, '/app/dist/main.js');
  };

  test.each([
    ['AAAA', [0]],
    ['AAAA,IAAI,CAAC;;EACX,gBAAgB', [5, -1, 18]],
    ['gCAAA,FAAA', [30]],
    ['AAAA;;;', [0]],
  ])('%s reaches these columns: %j', (mappings, columns) => {
    expect(mapOf({ mappings })?.columns).toEqual(columns);
  });

  test('that is not the one beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maps-'));
    const write = (name: string, file: string) => {
      writeFileSync(join(folder, name), JSON.stringify({ version: 3, file, sources: [], mappings: '' }));
      return readSourceMap(`//# sourceMappingURL=${name}`, join(folder, 'server.js'));
    };
    expect(write('app.js.map', 'main.js')).toMatchObject({ otherFile: 'main.js' });
    expect(write('main.js.map', 'main.js')).not.toHaveProperty('otherFile');
    rmSync(folder, { recursive: true });
  });
});
