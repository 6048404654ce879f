import { refuseHooksOfOtherLifecycle } from '../../lib/client/trace-lifecycle';

const marked = (mark: string) => Object.assign((span: unknown) => span, { [mark]: true });
const check = (sdk: object, version: string, env: NodeJS.ProcessEnv = {}) => {
  return () => {
    refuseHooksOfOtherLifecycle(sdk, '', version, env);
  };
};
const none = (): null => null;

test.each<[string, object, RegExp]>([
  ['11.0.0', { beforeSendTransaction: none }, /^set sdk\.traceLifecycle to 'static', or use sdk\.beforeSendSpan$/],
  ['11.0.0', { ignoreTransactions: ['GET /health'] }, /^set sdk\.traceLifecycle to 'static', or use sdk\.ignoreSpans/],
  ['10.75.3', { beforeSendTransaction: none, traceLifecycle: 'stream' }, /^set sdk\.traceLifecycle to 'static'/],
  ['10.75.3', { beforeSendSpan: none, traceLifecycle: 'stream' }, /^wrap it in Sentry\.withStreamedSpan\(\)$/],
  ['10.75.3', { beforeSendSpan: marked('_streamed') }, /^remove Sentry\.withStreamedSpan\(\)$/],
  ['11.0.0', { beforeSendSpan: none, traceLifecycle: 'static' }, /^wrap it in Sentry\.withStaticSpan\(\)$/],
  ['11.0.0', { beforeSendSpan: marked('_static') }, /^remove Sentry\.withStaticSpan\(\)$/],
])('Sentry %s would not call the hook of %j', (version, sdk, fix) => {
  const [name = ''] = Object.keys(sdk);
  expect(check(sdk, version)).toThrow(
    expect.objectContaining({ path: `sdk.${name}`, fix: expect.stringMatching(fix) }),
  );
});

test.each<[string, object, NodeJS.ProcessEnv]>([
  ['10.75.3', { beforeSendTransaction: none, ignoreTransactions: [], beforeSendSpan: none }, {}],
  ['10.75.3', { beforeSendSpan: marked('_streamed'), traceLifecycle: 'stream' }, {}],
  ['11.0.0', { beforeSendSpan: none }, {}],
  ['11.0.0', { beforeSendTransaction: none, beforeSendSpan: marked('_static'), traceLifecycle: 'static' }, {}],
  ['11.0.0', { beforeSendTransaction: none }, { SENTRY_TRACE_LIFECYCLE: 'static' }],
])('Sentry %s calls the hooks of %j with the variables %j', (version, sdk, env) => {
  expect(check(sdk, version, env)).not.toThrow();
});

test('Sentry 10 does not read the variable', () => {
  const sdk = { beforeSendTransaction: none };
  expect(check(sdk, '10.75.3', { SENTRY_TRACE_LIFECYCLE: 'stream' })).not.toThrow();
});
