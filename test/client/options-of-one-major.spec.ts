import { refuseOptionsOfOtherMajor } from '../../lib/client/options-of-one-major';

const check = (sdk: object, version: string) => () => {
  refuseOptionsOfOtherMajor(sdk, 'init.', version);
};
const none = (): null => null;

test.each<[string, object]>([
  ['11.0.0-rc.1', { beforeSendTransaction: none }],
  ['11.0.0-rc.1', { ignoreTransactions: ['GET /health'] }],
  ['11.2.0', { skipOpenTelemetrySetup: false }],
  ['11.2.0', { openTelemetrySpanProcessors: [] }],
  ['11.2.0', { profilesSampler: none }],
  ['11.2.0', { maxSpanWaitDuration: 300 }],
  ['11.2.0', { streamGenAiSpans: false }],
  ['11.2.0', { disableInstrumentationWarnings: false }],
  ['10.75.3', { enableOpenTelemetrySetup: false }],
  ['10.75.3', { enableRuntimeChannelInjection: true }],
])('Sentry %s refuses %j, which it would ignore', (version, sdk) => {
  const [name = ''] = Object.keys(sdk);
  expect(check(sdk, version)).toThrow(
    expect.objectContaining({
      path: `init.sdk.${name}`,
      expected: `no such option: Sentry ${version.split('.')[0]} ignores it`,
      fix: expect.stringMatching(/^(?:use|set|add|remove) /),
    }),
  );
});

test.each<[string, object]>([
  [
    '10.75.3',
    {
      beforeSendTransaction: none,
      ignoreTransactions: [],
      skipOpenTelemetrySetup: true,
      enableRuntimeChannelInjection: false,
    },
  ],
  ['11.0.0-rc.1', { beforeSendTransaction: none, traceLifecycle: 'static' }],
  ['11.0.0-rc.1', { skipOpenTelemetrySetup: true, disableInstrumentationWarnings: true, profilesSampler: undefined }],
  ['11.0.0-rc.1', { beforeSend: none, toString: none }],
])('Sentry %s takes %j', (version, sdk) => {
  expect(check(sdk, version)).not.toThrow();
});
