import { ConfigurationError } from '../../lib/options/configuration-error';
import { resolveInit } from '../../lib/options/resolve-init';

/** Each is an option of the SDK that the plain SDK honours and initSentry() has itself. */
const OWN: Record<string, unknown> = {
  enabled: false,
  dsn: 'https://key@sentry.example/1',
  environment: 'blue',
  release: '1.0.0',
  serverName: 'web-1',
  debug: true,
  sampleRate: 0.5,
  tracesSampleRate: 0.5,
  profilesSampleRate: 0.5,
  maxBreadcrumbs: 3,
  attachStacktrace: true,
  includeLocalVariables: true,
  shutdownTimeout: 1_000,
};

test.each(Object.entries(OWN))('sdk.%s is refused in favour of the option of initSentry', (name, value) => {
  const act = () => resolveInit({ sdk: { [name]: value } }, {});
  expect(act).toThrow(ConfigurationError);
  expect(act).toThrow(expect.objectContaining({ path: `sdk.${name}`, fix: `set ${name} instead` }));
});

test.each([
  'integrations',
  'defaultIntegrations',
  'beforeSend',
  'beforeSendTransaction',
  'beforeBreadcrumb',
  'tracesSampler',
  'ignoreErrors',
  'denyUrls',
  'profileSessionSampleRate',
  'transport',
])('%s at the top is told its place', (name) => {
  expect(() => resolveInit({ [name]: [] }, {})).toThrow(
    expect.objectContaining({ path: name, fix: `move it to sdk.${name}` }),
  );
});

test.each<[string, unknown]>([
  ['userInfo', 'no'],
  ['cookies', 'no'],
  ['cookies', { allow: 'theme' }],
  ['cookies', { deny: [1] }],
  ['cookies', { allow: [], deny: [] }],
  ['cookies', {}],
  ['urlQueryParams', 1],
  ['httpHeaders', 1],
  ['httpHeaders.request', { request: 'x' }],
  ['httpHeaders.reqest', { request: true, reqest: false }],
  ['httpBodies', false],
  ['httpBodies[0]', ['incoming']],
  ['genAI', true],
  ['genAI.inputs', { inputs: 'x' }],
  ['graphQL.document', { document: 1 }],
  ['databaseQueryData', 'x'],
  ['queues', 1],
  ['stackFrameVariables', 'x'],
  ['frameContextLines', -1],
  ['graphql', {}],
])('a wrong dataCollection.%s is refused: %j would collect everything, or fail in each request', (at, value) => {
  const [name = ''] = at.split(/[.[]/);
  expect(() => resolveInit({ sdk: { dataCollection: { [name]: value } } }, {})).toThrow(
    expect.objectContaining({ path: `sdk.dataCollection.${at}` }),
  );
});

test('every form of dataCollection is taken', () => {
  const dataCollection = {
    userInfo: true,
    cookies: { allow: ['theme'] },
    httpHeaders: { request: false },
    httpBodies: [],
    urlQueryParams: { deny: [] },
    graphQL: { variables: false },
    genAI: { inputs: true },
    databaseQueryData: undefined,
    stackFrameVariables: { deny: ['password'] },
    frameContextLines: 0,
  };
  expect(resolveInit({ sdk: { dataCollection } }, {}).sdk?.dataCollection).toEqual(dataCollection);
  for (const httpHeaders of [{ request: false }, {}, true])
    expect(() => resolveInit({ sdk: { dataCollection: { httpHeaders } } }, {})).not.toThrow();
  expect(() => resolveInit({ sdk: { dataCollection: { httpHeaders: { deny: ['x'] } } } }, {})).not.toThrow();
});

test.each<[string, unknown, string]>([
  ['traceLifecycle', 'streamed', 'use one of "static", "stream"'],
  ['enableLogs', 'yes', 'use true or false, without quotes'],
  ['normalizeDepth', '3', 'use a whole number'],
  ['enableTracing', true, 'set tracesSampleRate'],
  ['tracingOrigins', ['api'], 'rename it to tracePropagationTargets'],
])('sdk.%s: %j is refused, because the SDK would ignore it', (name, value, fix) => {
  expect(() => resolveInit({ sdk: { [name]: value } }, {})).toThrow(
    expect.objectContaining({ path: `sdk.${name}`, fix }),
  );
});
