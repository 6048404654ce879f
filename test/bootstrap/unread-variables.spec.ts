import { spawnSync } from 'node:child_process';
import { laneFolder } from '../harness/app-process';

const { SENTRY_DSN: _dsn, ...inherited } = process.env;

function warningsOf(program: string, env: Record<string, string>): string {
  const { stderr } = spawnSync(process.execPath, ['-e', program], {
    cwd: laneFolder('11'),
    env: { ...inherited, SENTRY_ENVIRONMENT: 'test', SENTRY_SPOOL_DIR: '', ...env },
    encoding: 'utf8',
  });
  return stderr;
}

test.each([
  ['initSentry', `const { initSentry } = require('nestjs-error-tracker/init'); initSentry(); initSentry();`],
  [
    'the module',
    `const { SentryModule } = require('nestjs-error-tracker');
     SentryModule.forRoot({ init: {} }); SentryModule.forRoot({ init: {} });`,
  ],
])('%s names misspelt variables once, and none of others', (_name, program) => {
  const env = { SENTRY_ENV: 'test', SENTRY_TRACING_SAMPLE_RATE: '1', SENTRY_ORG: 'acme', SENTRY_TRACE: '1' };
  const warnings = warningsOf(program, env);
  expect(warnings.match(/SENTRY_VARIABLE_UNKNOWN/g)).toHaveLength(1);
  expect(warnings).toContain(
    'Nothing reads SENTRY_ENV (did you mean SENTRY_ENVIRONMENT?), SENTRY_TRACING_SAMPLE_RATE (did you mean ' +
      'SENTRY_TRACES_SAMPLE_RATE?). Rename or remove them.',
  );
});

test.each([
  ['feature/login', 'it contains /'],
  ['a\\b', 'it contains \\'],
  ['..', 'it is only dots'],
  ['x'.repeat(201), 'it has more than 200 characters'],
])('a release that Sentry does not take is named once: %s', (release, problem) => {
  const program = `const { initSentry } = require('nestjs-error-tracker/init'); initSentry(); initSentry();`;
  const warnings = warningsOf(program, { SENTRY_RELEASE: release });
  expect(warnings.match(/SENTRY_RELEASE_INVALID/g)).toHaveLength(1);
  expect(warnings).toContain(`: ${problem}. Set SENTRY_RELEASE`);
});

test('without such a variable there is no warning', () => {
  const program = `require('nestjs-error-tracker/init').initSentry();`;
  expect(
    warningsOf(program, {
      SENTRY_ERROR_SAMPLE_RATE: '1',
      SENTRY_AUTH_TOKEN: 'x',
      SENTRY_RELEASE: 'acme-shop@1.2.3+build.4',
    }),
  ).toBe('');
});
