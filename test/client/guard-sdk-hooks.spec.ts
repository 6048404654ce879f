import { guardSdkHooks } from '../../lib/client/guard-sdk-hooks';
import { stats } from '../../lib/stats/stats';

type Hook = (...args: unknown[]) => unknown;

const subject = { name: 'what the hook is asked about' };
const broken: [string, Hook][] = [
  [
    'throws',
    () => {
      throw new Error('a hook of the application');
    },
  ],
  ['rejects', () => Promise.reject(new Error('a hook of the application'))],
];

const guardedHook = (name: string, hook: Hook) =>
  (guardSdkHooks({ sdk: { [name]: hook }, tracesSampleRate: 0.25 }) as Record<string, Hook>)[name]!;

describe.each(broken)('a hook that %s', (_how, hook) => {
  test.each([
    ['beforeSend', 'before-send', null],
    ['beforeSendTransaction', 'before-send-transaction', null],
    ['beforeSendLog', 'before-send-log', null],
    ['beforeSendMetric', 'before-send-metric', null],
    ['beforeBreadcrumb', 'before-breadcrumb', null],
    ['beforeSendSpan', 'before-send-span', subject],
    ['tracesSampler', 'traces-sampler', 0.25],
  ])('%s counts as %s', async (name, where, result) => {
    const before = stats.faults[where] ?? 0;
    expect(await guardedHook(name, hook)(subject)).toBe(result);
    expect(stats.faults[where]).toBe(before + 1);
  });
});

test('a hook that works is asked as it is, and keeps what the SDK has marked it with', () => {
  const hook = Object.assign((event: unknown, hint: unknown) => [event, hint], { _static: true });
  const safe = guardedHook('beforeSendSpan', hook);
  expect(safe(subject, 'hint')).toEqual([subject, 'hint']);
  expect(safe).toHaveProperty('_static', true);
});

test('a sampler that throws lets a child span inherit the decision', () => {
  const sampler = guardedHook('tracesSampler', broken[0]![1]);
  expect(sampler({ inheritOrSampleWith: () => 1 })).toBe(1);
});
