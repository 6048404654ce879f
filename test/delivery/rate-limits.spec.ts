import { RateLimits } from '../../lib/delivery/rate-limits';

const now = 1_000_000;
const after = (status: number, headers: Record<string, string>) => {
  const limits = new RateLimits();
  limits.update(status, headers, now);
  return (category: string) => Math.max(limits.until(category) - now, 0) / 1_000;
};

test.each([
  ['60:transaction:organization', { transaction: 60, error: 0 }],
  [
    '60:error;transaction:key, 2700:session:organization:quota',
    { error: 60, transaction: 60, session: 2_700, span: 0 },
  ],
  ['10::organization', { error: 10, session: 10 }],
  ['10', { error: 10 }],
  ['5:metric_bucket:organization:quota:custom', { metric_bucket: 5 }],
  ['5:metric_bucket:organization:quota:transactions', { metric_bucket: 0 }],
  ['5:trace_metric', { metric: 5 }],
  ['nonsense:error', { error: 60, transaction: 0 }],
  ['-5:error', { error: 60 }],
  ['99999999:error', { error: 86_400 }],
  ['60:a new category', { error: 0 }],
])('X-Sentry-Rate-Limits: %s', (header, expected) => {
  const until = after(200, { 'x-sentry-rate-limits': header, 'retry-after': '7' });
  for (const [category, seconds] of Object.entries(expected))
    expect([category, until(category)]).toEqual([category, seconds]);
});

test.each([
  ['7', 7],
  ['0.5', 0.5],
  [new Date(now + 30_000).toUTCString(), 30],
  [new Date(now - 30_000).toUTCString(), 0],
  ['soon', 60],
])('Retry-After: %s', (header, seconds) => {
  expect(after(503, { 'retry-after': header })('error')).toBe(seconds);
});

test('429 without headers means a minute, for every category', () => {
  expect(after(429, {})('session')).toBe(60);
  expect(after(500, {})('session')).toBe(0);
});

test('a shorter limit does not end a longer one', () => {
  const limits = new RateLimits();
  limits.update(200, { 'x-sentry-rate-limits': '60:error' }, now);
  limits.update(200, { 'x-sentry-rate-limits': '5:error' }, now);
  expect(limits.until('error')).toBe(now + 60_000);
  expect(limits.isLimited('error', now + 60_000)).toBe(false);
});
