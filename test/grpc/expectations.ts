/** One call and the event it must produce. */
export interface Expectation {
  method: string;
  data?: object;
  event?: string;
  name?: string;
  holds?: object;
  /** Whether the requests are a stream, which no event may contain. */
  isStream?: boolean;
}
export const expectations: Expectation[] = [
  { method: 'Fine', data: { n: 1 } },
  {
    method: 'Error',
    event: 'plain failure',
    holds: { tags: { handler: 'OrdersController.error', pattern: 'Orders/Error', kind: 'rpc' } },
  },
  { method: 'Rpc' },
  { method: 'Http400' },
  { method: 'Vendor404', event: 'not found by a vendor' },
  { method: 'Reported', event: 'reported all the same' },
  { method: 'Ignored' },
  { method: 'Guard', event: 'failure in a guard' },
  { method: 'Refused' },
  { method: 'Pipe', event: 'failure in a pipe' },
  { method: 'Interceptor', event: 'failure in an interceptor' },
  { method: 'Filter', event: 'declined' },
  { method: 'Manual', event: 'captured, then thrown' },
  {
    method: 'Payload',
    data: { n: 4711, password: 'hunter2-payload' },
    event: 'failure with a payload',
    holds: { contexts: { payload: { data: { n: 4711, password: '[Filtered]' } } } },
  },
  { method: 'Nobody', data: { user: { id: 'ann' } }, event: 'failure of nobody', holds: { user: { id: 'ann' } } },
  { method: 'List' },
  {
    method: 'List',
    data: { n: 1, password: 'hunter2-payload' },
    event: 'failure in a stream',
    holds: { contexts: { payload: { data: { n: 1, password: '[Filtered]' } } } },
  },
  { method: 'Upload', data: [{ name: 'ann' }, { n: 1 }] },
  {
    method: 'Upload',
    data: [{ name: 'ann' }, { n: 13, password: 'hunter2-payload' }],
    event: 'failure of undefined',
    holds: { user: { id: 'ann' }, tags: { handler: 'StreamsController.upload', pattern: 'Orders/Upload', who: 'ann' } },
    isStream: true,
  },
  { method: 'Chat', data: [{ name: 'ann' }, { n: 1 }] },
  { method: 'Chat', data: [{ name: 'ann' }, { name: 'ann', n: 13 }], event: 'failure of ann', isStream: true },
  { method: 'RawUpload', data: [{ name: 'ann' }, { n: 1 }] },
  {
    method: 'RawUpload',
    data: [{ name: 'ann' }, { n: 13 }],
    event: 'failure of ann',
    holds: { user: { id: 'ann' }, tags: { handler: 'StreamsController.rawUpload', who: 'ann' } },
    isStream: true,
  },
  { method: 'RawChat', data: [{ name: 'ann' }, { n: 1 }] },
  {
    method: 'RawChat',
    data: [{ name: 'ann', n: 13 }],
    event: 'failure of ann',
    holds: { user: { id: 'ann' } },
    isStream: true,
  },
  { method: 'RawReject', data: [{}] },
  { method: 'Scoped.Error', event: 'failure of a scoped controller', name: 'rpc Scoped/Error' },
];
