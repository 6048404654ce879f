import type { RawCall } from './raw-call';

/** One request and the event it must produce. */
export interface EdgeExpectation extends RawCall {
  name: string;
  /** Part of the value of the one event; undefined: no event. */
  event?: string;
  transaction?: string;
  holds?: object;
}

const json = { 'content-type': 'application/json' };
const ofStreams = (path: string, event?: string): EdgeExpectation => ({
  name: `streams: ${path}`,
  path: `/streams/${path}`,
  event,
  transaction: `GET /streams/${path}`,
});
const handledBy = (handler: string) => ({ tags: { handler } });
const ignored = (form: string, event?: string): EdgeExpectation => ({
  name: `ignored: ${form}`,
  path: `/edges/ignore/${form}`,
  event,
});

export const edges: EdgeExpectation[] = [
  { ...ofStreams('sse/middle', 'event stream broke'), holds: handledBy('StreamsController.sseMiddle') },
  { ...ofStreams('sse/start', 'event stream never began'), holds: handledBy('StreamsController.sseStart') },
  ofStreams('sse/promise', 'promised event stream broke'),
  ofStreams('sse/expected'),
  ofStreams('sse/fine'),
  {
    ...ofStreams('file/before', 'file failed before its first byte'),
    holds: handledBy('StreamsController.fileBefore'),
  },
  { ...ofStreams('file/after', 'file broke off'), holds: handledBy('StreamsController.fileAfter') },
  ofStreams('file/errored', 'file failed before it was sent'),
  ofStreams('file/expected'),
  ofStreams('file/fine'),
  { ...ofStreams('sent', 'thrown after the headers'), holds: handledBy('StreamsController.sent') },
  ofStreams('finished', 'thrown after the answer'),
  ofStreams('finished-expected'),
  ofStreams('slow-filter'),
  {
    name: 'malformed JSON',
    path: '/edges/upload',
    method: 'POST',
    headers: json,
    body: '{"a":',
  },
  {
    name: 'a body that is too large',
    path: '/edges/upload',
    method: 'POST',
    headers: json,
    body: JSON.stringify({ big: 'x'.repeat(200_000) }),
  },
  {
    name: 'a body of an unknown type',
    path: '/edges/upload',
    method: 'POST',
    headers: { 'content-type': 'application/x-unheard-of' },
    body: '???',
  },
  { name: 'an empty JSON body', path: '/edges/upload', method: 'POST', headers: { ...json, 'content-length': '0' } },
  { name: 'a path that cannot be decoded', path: '/edges/fine/%E0%A4%A' },
  {
    name: 'a middleware throws',
    path: '/edges/fine/7?q=1',
    headers: { 'x-fail': 'throw', 'x-user': 'ann' },
    event: 'failure in a middleware',
    transaction: 'GET /edges/fine/:id',
    holds: { tags: { handler: 'FailingMiddleware.use' }, user: { id: 'ann' } },
  },
  {
    name: 'a middleware passes an error on',
    path: '/edges/fine/7',
    headers: { 'x-fail': 'next' },
    event: 'failure passed on by a middleware',
    transaction: 'GET /edges/fine/:id',
  },
  {
    name: 'a middleware of a path without a route throws',
    path: '/elsewhere?q=1',
    headers: { 'x-fail': 'throw' },
    event: 'failure in a middleware',
    transaction: 'GET /elsewhere',
  },
  { name: '@Report on the controller: a 404', path: '/reported/missing', event: 'missing thing' },
  {
    name: '@Report on the controller: a guard',
    path: '/reported/guarded',
    event: 'the guard forbids',
    holds: handledBy('ReportedController.guarded'),
  },
  { name: '@Report on the controller: another status', path: '/reported/bad' },
  { name: '@Report on the handler wins', path: '/reported/quiet?status=404' },
  { name: '@Report on the handler keeps the rest', path: '/reported/quiet?status=403', event: 'quiet status' },
  { name: '@Report on the handler ignores', path: '/reported/quiet' },
  { name: 'a route that no controller has', path: '/reported/nowhere' },
  ignored('class'),
  ignored('subclass'),
  ignored('name'),
  ignored('message'),
  ignored('pattern'),
  ignored('predicate'),
  ignored('none', 'by none'),
  { name: 'siblings of Promise.all', path: '/edges/siblings', event: 'sibling fastest' },
  { name: 'retries capture the same error', path: '/edges/retry/same', event: 'the same in each attempt' },
  { name: 'retries wrap the error before', path: '/edges/retry/wrapped', event: 'first attempt' },
  { name: 'captured, then wrapped twice', path: '/edges/wrapped-twice', event: 'innermost' },
  { name: 'the wrapping error was captured', path: '/edges/outer-first', event: 'around' },
];
