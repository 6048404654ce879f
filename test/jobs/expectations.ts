/** One piece of background work, and what is to be reported of it. */
export interface Expectation {
  name: string;
  path: string;
  /** Values of the events; none: no event. */
  events?: string[];
  /** Of the first event. */
  transaction?: string | RegExp;
  type?: string;
  holds?: object;
  /** Status of the request that sets it off; default 200. */
  status?: number;
  answer?: object;
}

const scheduled = (kind: string) => ({ type: `auto.function.nestjs.${kind}` });
const emitted = (name: string, method: string, rest: object = {}) => ({
  type: 'auto.event.nestjs',
  transaction: `event ${name}`,
  holds: { level: 'error', tags: { handler: `Listeners.${method}`, kind: 'event' } },
  ...rest,
});
const job = (name: string, attempt: string) => ({
  type: 'auto.queue.nestjs.bullmq',
  transaction: new RegExp(`^job orders-\\d+ ${name}$`),
  holds: {
    tags: { handler: 'Orders.process', kind: 'queue', job: name, attempt },
  },
});

export const schedules: Expectation[] = [
  {
    name: '@Cron',
    path: '/run/cron',
    events: ['failure of a cron job'],
    transaction: 'cron Schedules.cron',
    ...scheduled('cron'),
    holds: { level: 'error', tags: { handler: 'Schedules.cron', kind: 'cron' } },
  },
  {
    name: '@Cron with a name',
    path: '/run/named',
    events: ['failure of a named cron job'],
    transaction: 'cron nightly',
    ...scheduled('cron'),
  },
  {
    name: '@Cron above @SentryCron',
    path: '/run/monitored-inside',
    events: ['failure of a monitored cron job'],
    transaction: 'cron Schedules.monitoredInside',
    ...scheduled('cron'),
    holds: { user: { id: 'user of monitored-inside' }, tags: { leak: 'monitored-inside', kind: 'cron' } },
  },
  {
    name: '@Cron below @SentryCron',
    path: '/run/monitored-outside',
    events: ['failure of another monitored cron job'],
    transaction: 'cron Schedules.monitoredOutside',
    ...scheduled('cron'),
    holds: { user: { id: 'user of monitored-outside' }, tags: { leak: 'monitored-outside', kind: 'cron' } },
  },
  {
    name: '@Interval',
    path: '/run/interval',
    events: ['failure of an interval'],
    transaction: 'interval Schedules.interval',
    ...scheduled('interval'),
  },
  {
    name: '@Interval with a name, a text is thrown',
    path: '/run/text',
    events: ['just a text'],
    transaction: 'interval poll',
    ...scheduled('interval'),
  },
  {
    name: '@Timeout',
    path: '/run/timeout',
    events: ['failure of a timeout'],
    transaction: 'timeout warm-up',
    ...scheduled('timeout'),
  },
  {
    name: 'an HTTP exception, which nobody answers',
    path: '/run/http-exception',
    events: ['answered by nobody'],
    transaction: 'interval Schedules.httpException',
    ...scheduled('interval'),
  },
  {
    name: 'a domain error',
    path: '/run/domain',
    events: ['failure of a domain'],
    transaction: 'interval Schedules.domain',
    ...scheduled('interval'),
    holds: { tags: { domain: 'payment' }, contexts: { operation: { name: 'invoices.pay' } } },
  },
  { name: 'ignored by the module', path: '/run/ignored' },
  { name: 'ignored by @Report', path: '/run/quiet' },
];

export const events: Expectation[] = [
  {
    name: 'a listener',
    path: '/emit/order.sync',
    events: ['failure of a listener'],
    answer: { begun: ['sync'] },
    ...emitted('order.sync', 'sync'),
  },
  {
    name: 'an asynchronous listener',
    path: '/emit/order.async',
    events: ['failure of an asynchronous listener'],
    ...emitted('order.async', 'later'),
  },
  {
    name: 'a wildcard listener',
    path: '/emit/order.4711.shipped',
    events: ['failure of a wildcard listener'],
    ...emitted('order.4711.shipped', 'wildcard'),
  },
  {
    name: 'a prepended listener',
    path: '/emit/order.prepended',
    events: ['failure of a prepended listener'],
    ...emitted('order.prepended', 'prepended'),
  },
  {
    name: 'a deferred listener',
    path: '/emit/order.deferred',
    events: ['failure of a deferred listener'],
    ...emitted('order.deferred', 'deferred'),
  },
  {
    name: 'a request-scoped listener',
    path: '/emit/order.scoped',
    events: ['failure of a request-scoped listener'],
    ...emitted('order.scoped', 'scoped'),
    holds: { tags: { handler: 'ScopedListener.scoped' } },
  },
  {
    name: 'a failure that goes on to the request',
    path: '/emit-async/order.strict',
    status: 500,
    events: ['failure that goes on'],
    ...emitted('order.strict', 'strict'),
  },
  {
    name: 'a text that goes on to the request',
    path: '/emit-async/order.strict-text',
    status: 500,
    events: ['a text that goes on'],
    ...emitted('order.strict-text', 'strictText'),
  },
  {
    name: 'a failure that goes on to nobody',
    path: '/emit/order.strict',
    events: ['failure that goes on'],
    ...emitted('order.strict', 'strict'),
  },
  { name: 'a failure that the request answers with 404', path: '/emit-async/order.missing', status: 404 },
  {
    name: 'an HTTP exception that Nest logs',
    path: '/emit/order.unanswered',
    events: ['logged by Nest'],
    ...emitted('order.unanswered', 'unanswered'),
  },
  {
    name: 'the same text of two listeners',
    path: '/emit/order.text',
    events: ['the same text', 'the same text'],
    ...emitted('order.text', 'text', { holds: {} }),
  },
  {
    name: 'what a listener returns',
    path: '/emit-async/order.returned',
    answer: { answers: [{ from: 'a listener' }] },
  },
  { name: 'ignored by the module', path: '/emit/order.ignored' },
  { name: 'ignored by @Report', path: '/emit/order.quiet' },
];

export const jobs: Expectation[] = [
  { name: 'a job that is done', path: '/jobs/fine', answer: { value: { token: 'string' } } },
  {
    name: 'a job with one attempt',
    path: '/jobs/broken',
    events: ['failure of a job, attempt 1'],
    ...job('broken', '1'),
  },
  {
    name: 'a job with three attempts',
    path: '/jobs/broken?attempts=3',
    events: ['failure of a job, attempt 3'],
    answer: { failed: 'failure of a job, attempt 3' },
    ...job('broken', '3'),
  },
  { name: 'a job that the third attempt mends', path: '/jobs/flaky?attempts=3', answer: { value: 'mended' } },
  {
    name: 'an UnrecoverableError',
    path: '/jobs/unrecoverable?attempts=3',
    events: ['failure without a retry'],
    ...job('unrecoverable', '1'),
  },
  {
    name: 'a job that its backoff gives up',
    path: '/jobs/given-up?attempts=3&backoff=custom',
    events: ['failure that the backoff gives up'],
    ...job('given-up', '1'),
  },
  { name: 'a job that is put back', path: '/jobs/delayed?attempts=3', answer: { value: 'later' } },
  {
    name: 'a request-scoped processor',
    path: '/jobs/scoped',
    events: ['failure of a request-scoped processor'],
    type: 'auto.queue.nestjs.bullmq',
    holds: { tags: { handler: 'ScopedOrders.process', attempt: '1' } },
  },
  { name: 'ignored by the module', path: '/jobs/ignored' },
  { name: 'ignored by @Report', path: '/jobs/quiet' },
];
