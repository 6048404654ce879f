import { refuseOptionsOfOtherMajor } from '../../lib/client/options-of-one-major';

const check = (sdk: object, version: string) => () => {
  refuseOptionsOfOtherMajor(sdk, 'init.', version);
};
const none = (): null => null;

test.each<[string, object]>([
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

test.each<[string, string, object]>([
  ['11.0.0-rc.1', '_experiments.enableLogs', { _experiments: { enableLogs: false } }],
  ['11.0.0-rc.1', '_experiments.beforeSendMetric', { _experiments: { beforeSendMetric: none } }],
  ['10.75.3', 'dataCollection.queues', { dataCollection: { queues: true } }],
  ['10.75.3', 'dataCollection.mcp', { dataCollection: { mcp: { inputs: true } } }],
])('Sentry %s refuses %s', (version, path, sdk) => {
  expect(check(sdk, version)).toThrow(expect.objectContaining({ path: `init.sdk.${path}` }));
});

test.each<[string, object]>([
  ['10.75.3', { skipOpenTelemetrySetup: true, enableRuntimeChannelInjection: false }],
  ['10.75.3', { _experiments: { enableLogs: false }, dataCollection: { queues: false } }],
  ['11.0.0-rc.1', { dataCollection: { queues: true, mcp: { inputs: true } }, _experiments: {} }],
  ['11.0.0-rc.1', { skipOpenTelemetrySetup: true, disableInstrumentationWarnings: true, profilesSampler: undefined }],
  ['11.0.0-rc.1', { beforeSend: none, toString: none }],
])('Sentry %s takes %j', (version, sdk) => {
  expect(check(sdk, version)).not.toThrow();
});
