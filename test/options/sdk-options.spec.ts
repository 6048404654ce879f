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

test('a list of the SDK that is none is refused: each request would fail', () => {
  expect(() => resolveInit({ sdk: { dataCollection: { httpBodies: false } } as never }, {})).toThrow(
    expect.objectContaining({ path: 'sdk.dataCollection.httpBodies', fix: 'use [] to collect none' }),
  );
  expect(() => resolveInit({ sdk: { dataCollection: { httpBodies: [] } } }, {})).not.toThrow();
});
