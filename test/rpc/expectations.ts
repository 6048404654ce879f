/** One message and the event it must produce. */
export interface Expectation {
  pattern: string;
  data?: object;
  /** Part of the value of the one event; undefined: no event. */
  event?: string;
  name?: string;
  holds?: object;
}

export const expectations: Expectation[] = [
  { pattern: 'orders.fine', data: { n: 1 } },
  {
    pattern: 'orders.error',
    event: 'plain failure',
    holds: { tags: { handler: 'OrdersController.error', pattern: 'orders.error', kind: 'rpc' } },
  },
  { pattern: 'orders.object', event: 'failure of an object pattern', name: 'rpc {"cmd":"orders.object"}' },
  { pattern: 'orders.http503', event: 'maintenance' },
  { pattern: 'orders.reported', event: 'reported all the same' },
  { pattern: 'orders.string', event: 'just a string' },
  { pattern: 'orders.guard', event: 'failure in a guard' },
  { pattern: 'orders.pipe', event: 'failure in a pipe' },
  { pattern: 'orders.interceptor', event: 'failure in an interceptor' },
  { pattern: 'orders.filter', event: 'declined' },
  { pattern: 'orders.stream', event: 'failure in a stream' },
  { pattern: 'orders.manual', event: 'captured, then thrown' },
  {
    pattern: 'orders.payload',
    data: { orderId: 4711, password: 'hunter2-payload' },
    event: 'failure with a payload',
    holds: { contexts: { payload: { data: { orderId: 4711, password: '[Filtered]' } } } },
  },
  {
    pattern: 'orders.nobody',
    data: { user: { id: 'ann' } },
    event: 'failure of nobody',
    holds: { user: { id: 'ann' } },
  },
  { pattern: 'orders.vendor429', event: 'rate limited by a vendor' },
  { pattern: 'orders.rpc' },
  { pattern: 'orders.http400' },
  { pattern: 'orders.ignored' },
  { pattern: 'orders.refused' },
];
