import { ConfigurationError } from '../../lib/options/configuration-error';
import { resolveInit } from '../../lib/options/resolve-init';
import { validateModuleOptions } from '../../lib/options/resolve-module';

const DSN = 'https://key@sentry.example/1';

test.each([
  [
    'an option over its variable',
    { tracesSampleRate: 0.3 },
    { SENTRY_TRACES_SAMPLE_RATE: '0.7' },
    { tracesSampleRate: 0.3 },
  ],
  [
    'a variable over the preset',
    {},
    { SENTRY_TRACES_SAMPLE_RATE: '0.7', NODE_ENV: 'production' },
    { tracesSampleRate: 0.7 },
  ],
  [
    'the preset of production',
    {},
    { NODE_ENV: 'production' },
    { tracesSampleRate: 0.1, profilesSampleRate: 0.1, includeLocalVariables: false, dsn: undefined },
  ],
  [
    'the preset of staging',
    {},
    { SENTRY_ENVIRONMENT: 'staging', NODE_ENV: 'production' },
    { tracesSampleRate: 0.5, profilesSampleRate: 0.2, environment: 'staging' },
  ],
  [
    'the preset of development',
    {},
    {},
    { tracesSampleRate: 1, environment: 'development', dsn: 'http://inbox@127.0.0.1:8970/1' },
  ],
  [
    'production, for a DSN without an environment',
    { dsn: DSN },
    {},
    { environment: 'production', tracesSampleRate: 0.1, includeLocalVariables: false, dsn: DSN },
  ],
  ['production, for a DSN of a variable', {}, { SENTRY_DSN: DSN }, { environment: 'production', preset: 'production' }],
  ['a named environment over the DSN', {}, { SENTRY_DSN: DSN, NODE_ENV: 'development' }, { preset: 'development' }],
  ['a short duration with its unit', {}, { SENTRY_SHUTDOWN_TIMEOUT: '2ms' }, { shutdownTimeout: 2 }],
  ['no waiting at all', {}, { SENTRY_SHUTDOWN_TIMEOUT: '0' }, { shutdownTimeout: 0 }],
  [
    'options of the SDK',
    { sdk: { denyUrls: ['x'], profileSessionSampleRate: 0.5, maxBreadcrumbs: undefined } },
    {},
    { sdk: { denyUrls: ['x'], profileSessionSampleRate: 0.5 } },
  ],
  ['production, for an unknown name', {}, { NODE_ENV: 'blue' }, { tracesSampleRate: 0.1, environment: 'blue' }],
  [
    'an explicit undefined overrides nothing',
    { sampleRate: undefined, dsn: undefined },
    { SENTRY_SAMPLE_RATE: '0.5', SENTRY_DSN: DSN },
    { sampleRate: 0.5, dsn: DSN },
  ],
  ['an empty variable is none', {}, { SENTRY_DSN: ' ', NODE_ENV: 'production' }, { dsn: undefined }],
  ['durations in milliseconds', { shutdownTimeout: '3s' as const }, {}, { shutdownTimeout: 3_000 }],
  ['a duration of a variable', {}, { SENTRY_SHUTDOWN_TIMEOUT: '1500' }, { shutdownTimeout: 1_500 }],
  ['the errors by their other name', {}, { SENTRY_ERROR_SAMPLE_RATE: '0.2' }, { sampleRate: 0.2 }],
  ['the standard name of two', {}, { SENTRY_ERROR_SAMPLE_RATE: '0.2', SENTRY_SAMPLE_RATE: '0.5' }, { sampleRate: 0.5 }],
  ['flags in many spellings', {}, { SENTRY_ENABLED: 'no', SENTRY_DEBUG: 'ON' }, { enabled: false, debug: true }],
  ['GIT_COMMIT_SHA as release', {}, { GIT_COMMIT_SHA: 'abc', APP_VERSION: '1' }, { release: 'abc' }],
  [
    'personal data by variable, secrets by option',
    { scrubbing: { keys: ['x'] } },
    { SENTRY_SEND_DEFAULT_PII: 'true' },
    { scrubbing: { pii: 'keep', keys: ['x'] } },
  ],
  ['no throttle by variable', {}, { SENTRY_THROTTLE: 'off' }, { throttle: false }],
  ['budgets by option', { throttle: { burst: 1 } }, { SENTRY_THROTTLE: 'off' }, { throttle: { burst: 1 } }],
])('%s', (_what, options, variables, expected) => {
  expect(resolveInit(options, variables)).toMatchObject(expected);
});

test.each([
  ['an unknown option', { tracesSampleRat: 1 }, {}, 'tracesSampleRat', /did you mean 'tracesSampleRate'/],
  [
    'a wrong type',
    { debug: 'yes' },
    {},
    'debug',
    /^debug: received "yes"; expected true or false\. Fix: use true or false, without quotes\.$/,
  ],
  ['a malformed DSN', { dsn: 'sentry.example/1' }, {}, 'dsn', /expected a Sentry DSN/],
  ['a DSN whose project has a name', { dsn: 'https://key@sentry.example/shop' }, {}, 'dsn', /project is a number/],
  ['a DSN whose key the SDK does not accept', { dsn: 'https://a-b@sentry.example/1' }, {}, 'dsn', /\/\/\*\*\*@sentry/],
  ['a secret of something else', { dsn: 'postgres://a:hunter2@db/1' }, {}, 'dsn', /^(?!.*hunter2)/],
  ['a token', { dsn: 'sntrys_eyJpYXQi' }, {}, 'dsn', /^(?!.*sntrys)/],
  [
    'a malformed DSN of a variable',
    {},
    { SENTRY_DSN: 'https://sentry.example/1' },
    'SENTRY_DSN',
    /expected a Sentry DSN/,
  ],
  ['a rate above one', { sampleRate: 1.5 }, {}, 'sampleRate', /received 1\.5; expected a number from 0 to 1/],
  ['a rate below zero', {}, { SENTRY_TRACES_SAMPLE_RATE: '-0.1' }, 'SENTRY_TRACES_SAMPLE_RATE', /received -0\.1;/],
  ['a rate that is no number', {}, { SENTRY_SAMPLE_RATE: 'half' }, 'SENTRY_SAMPLE_RATE', /received "half";/],
  ['NaN', { sampleRate: NaN }, {}, 'sampleRate', /expected a number from 0 to 1/],
  ['a duration that cannot be read', { shutdownTimeout: '2 weeks' }, {}, 'shutdownTimeout', /units ms, s, m, h, d/],
  ['a rate by its other name', {}, { SENTRY_ERROR_SAMPLE_RATE: '2' }, 'SENTRY_ERROR_SAMPLE_RATE', /received 2;/],
  ['a flag that cannot be read', {}, { SENTRY_DEBUG: 'maybe' }, 'SENTRY_DEBUG', /set SENTRY_DEBUG=true/],
  ['a nested unknown option', { tracing: { component: true } }, {}, 'tracing.component', /did you mean 'components'/],
  ['a throttle switched on', { throttle: true }, {}, 'throttle', /expected false or an options object/],
  ['an unknown limit', { throttle: { brust: 3 } }, {}, 'throttle.brust', /did you mean 'burst'/],
  ['a burst of none', { throttle: { burst: 0 } }, {}, 'throttle.burst', /expected a whole number, 1 or more/],
  ['a window of no length', { throttle: { window: '0s' } }, {}, 'throttle.window', /expected a duration above 0/],
  ['a throttle that cannot be read', {}, { SENTRY_THROTTLE: 'some' }, 'SENTRY_THROTTLE', /set SENTRY_THROTTLE=true/],
  ['grouping that is neither', { grouping: 'all' }, {}, 'grouping', /expected an object with any of rules, presets/],
  ['an unknown part of grouping', { grouping: { rule: [] } }, {}, 'grouping.rule', /did you mean 'rules'/],
  ['a fold that is no flag', { breadcrumbs: { fold: 1 } }, {}, 'breadcrumbs.fold', /expected true or false/],
  [
    'two milliseconds',
    {},
    { SENTRY_SHUTDOWN_TIMEOUT: '2' },
    'SENTRY_SHUTDOWN_TIMEOUT',
    /Set SENTRY_SHUTDOWN_TIMEOUT=2s/,
  ],
  ['an SDK option at the top', { beforeSend: () => null }, {}, 'beforeSend', /Fix: move it to sdk\.beforeSend\./],
  ['integrations at the top', { integrations: [] }, {}, 'integrations', /Fix: move it to sdk\.integrations\./],
  [
    'personal data by the SDK',
    { sdk: { sendDefaultPii: true } },
    {},
    'sdk.sendDefaultPii',
    /scrubbing: \{ pii: 'keep' \}/,
  ],
  [
    'personal data at the top',
    { sendDefaultPii: true },
    {},
    'sendDefaultPii',
    /set scrubbing: \{ pii: 'keep' \} instead/,
  ],
  ['an option of the module', { budgets: {} }, {}, 'budgets', /move it to SentryModule\.forRoot\(\{ budgets \}\)/],
  ['an option of a group', { components: true }, {}, 'components', /move it to tracing\.components/],
  ['an option of a group that may be false', { burst: 3 }, {}, 'burst', /move it to throttle\.burst/],
  ['integrations that are no list', { sdk: { integrations: {} } }, {}, 'sdk.integrations', /an array of integrations/],
  ['a misspelt hook', { sdk: { beforSend: () => null } }, {}, 'sdk.beforSend', /rename it to beforeSend/],
  [
    'a misspelt option of the SDK',
    { sdk: { tracePropagationTarget: ['a'] } },
    {},
    'sdk.tracePropagationTarget',
    /rename it to tracePropagationTargets/,
  ],
  [
    'a tracesSampler beside rules',
    { sdk: { tracesSampler: () => 0 }, sampling: { critical: ['GET /pay'], traces: [] } },
    {},
    'sdk.tracesSampler',
    /received "a function beside sampling\.critical"; expected either of them.*move its decisions to sampling\.traces/,
  ],
  ['a hook that is none', { sdk: { beforeSend: true } }, {}, 'sdk.beforeSend', /expected a function/],
  ['options that are no object', 'yes', {}, 'the options', /^the options: received "yes"; expected an object/],
])('%s is refused', (_what, options, variables, path, message) => {
  const act = () => resolveInit(options as never, variables);
  expect(act).toThrow(ConfigurationError);
  expect(act).toThrow(message);
  expect(act).toThrow(expect.objectContaining({ path }));
});

test('an empty DSN counts as omitted', () => {
  expect(resolveInit({ dsn: '' }, { SENTRY_DSN: DSN }).dsn).toBe(DSN);
  expect(resolveInit({ dsn: '', environment: 'production' }, {}).dsn).toBeUndefined();
});

test.each([
  [{ captur: {} }, 'captur'],
  [{ dsn: DSN }, 'dsn', /Fix: move it to init\.dsn\./],
  [{ beforeSend: () => null }, 'beforeSend', /Fix: move it to init\.sdk\.beforeSend\./],
  [{ init: { beforeSend: () => null } }, 'init.beforeSend', /Fix: move it to init\.sdk\.beforeSend\./],
  [{ init: { sdk: { dsn: DSN } } }, 'init.sdk.dsn', /Fix: set init\.dsn instead\./],
  [{ init: { sampleRate: 2 } }, 'init.sampleRate'],
  [{ init: { capture: {} } }, 'init.capture', /Fix: move it to SentryModule\.forRoot\(\{ capture \}\)\./],
  [{ init: { components: true } }, 'init.components', /Fix: move it to init\.tracing\.components\./],
  [{ ignore: [] }, 'ignore', /Fix: move it to capture\.ignore\./],
  [{ integrations: [] }, 'integrations', /init\.sdk\.integrations/],
  [{ capture: { status: { 600: 1 } } }, 'capture.status.600'],
  [{ capture: { status: { '5xx': 3 } } }, 'capture.status.5xx'],
  [{ capture: { ignore: [12] } }, 'capture.ignore[0]', /use for example OutOfStockError/],
  [{ capture: { ignore: [undefined] } }, 'capture.ignore[0]', /circular import/],
  [{ capture: { ignore: TypeError } }, 'capture.ignore', /put it in an array/],
  [{ user: 'me' }, 'user'],
  [{ operations: { slowerThan: 'soon' } }, 'operations.slowerThan'],
  [{ isGlobal: 1 }, 'isGlobal'],
])('the module refuses %j', (options, path, message = /expected/) => {
  const act = () => {
    validateModuleOptions(options);
  };
  expect(act).toThrow(expect.objectContaining({ name: 'ConfigurationError', path }));
  expect(act).toThrow(message);
});
