import { BadRequestException, HttpException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { judge, type Answer } from '../../lib/capture/judge';
import { compilePolicy } from '../../lib/capture/policy';

class RpcException extends Error {
  override readonly name = 'RpcException';
  getError(): string {
    return this.message;
  }
}
class WsException extends RpcException {}

const withCode = (code: string) => Object.assign(new Error('graphql'), { extensions: { code } });
const crash = new Error('crash');
const filterCrash = new TypeError('the filter failed');
const policy = compilePolicy({});
/** What the SDKs of vendors throw: the status is that of their own server. */
const vendor = Object.assign(new Error('rate limited'), { status: 429, statusCode: 404 });
/** What `http-errors` makes. */
const httpError = Object.assign(new Error('too large'), { status: 413, statusCode: 413, expose: true });

/** What `web-push` throws, and undici's `throwOnError`: Nest responds with the status of the other server. */
const gone = Object.assign(new Error('Received unexpected response code'), {
  statusCode: 410,
  headers: { date: 'Sat, 28 Nov 2026 12:00:00 GMT', 'content-type': 'text/plain' },
  body: 'push subscription has unsubscribed or expired.',
});

interface Row {
  transport: string;
  name: string;
  error: unknown;
  answer?: Answer;
  outcome: 'report' | 'ignored';
  /** The error that is reported, if it is another one. */
  shown?: unknown;
}

const ROWS: Row[] = [
  { transport: 'http', name: 'an error without an answer', error: crash, outcome: 'report' },
  { transport: 'http', name: 'an error answered with 500', error: crash, answer: { status: 500 }, outcome: 'report' },
  { transport: 'http', name: 'an error answered with 404', error: crash, answer: { status: 404 }, outcome: 'ignored' },
  {
    transport: 'http',
    name: 'the response of another server, which Nest takes the status of',
    error: gone,
    answer: { status: 410 },
    outcome: 'report',
  },
  {
    transport: 'http',
    name: 'the response of another server, which a filter answers',
    error: gone,
    answer: { status: 404 },
    outcome: 'ignored',
  },
  {
    transport: 'http',
    name: 'an error of the application with headers and a body to respond with',
    error: Object.assign(new Error('slow down'), { statusCode: 429, headers: { 'retry-after': '5' }, body: 'later' }),
    answer: { status: 429 },
    outcome: 'ignored',
  },
  {
    transport: 'http',
    name: 'a status of an error of the application',
    error: Object.assign(new Error('no such cat'), { statusCode: 404, headers: {} }),
    answer: { status: 404 },
    outcome: 'ignored',
  },
  { transport: 'http', name: 'a 4xx exception', error: new NotFoundException(), outcome: 'ignored' },
  {
    transport: 'http',
    name: 'a 4xx exception answered with it',
    error: new BadRequestException(),
    answer: { status: 400 },
    outcome: 'ignored',
  },
  {
    transport: 'http',
    name: 'a 5xx exception that a filter answers with 409',
    error: new InternalServerErrorException(),
    answer: { status: 409 },
    outcome: 'ignored',
  },
  { transport: 'http', name: 'a 5xx exception', error: new HttpException('down', 503), outcome: 'report' },
  { transport: 'http', name: 'an aborted upload', error: crash, answer: { aborted: true }, outcome: 'ignored' },
  { transport: 'http', name: "a vendor's error", error: vendor, outcome: 'report' },
  {
    transport: 'http',
    name: "a vendor's error answered with 500",
    error: vendor,
    answer: { status: 500 },
    outcome: 'report',
  },
  {
    transport: 'http',
    name: "a vendor's error answered with its 404",
    error: vendor,
    answer: { status: 404 },
    outcome: 'ignored',
  },
  { transport: 'http', name: 'an error of http-errors', error: httpError, outcome: 'ignored' },
  {
    transport: 'http',
    name: 'a 4xx exception that a filter answers with 502',
    error: new NotFoundException(),
    answer: { status: 502 },
    outcome: 'report',
  },
  {
    transport: 'schedule',
    name: 'a 4xx exception, which nobody answers',
    error: new NotFoundException(),
    outcome: 'report',
  },
  {
    transport: 'queue',
    name: 'a 4xx exception, which nobody answers',
    error: new NotFoundException(),
    outcome: 'report',
  },
  { transport: 'queue', name: 'an RpcException', error: new RpcException('no'), outcome: 'report' },
  { transport: 'event', name: 'a 4xx exception that Nest logs', error: new NotFoundException(), outcome: 'report' },
  {
    transport: 'event',
    name: 'a 4xx exception that goes on to the emitter',
    error: new NotFoundException(),
    answer: { rethrown: true },
    outcome: 'ignored',
  },
  {
    transport: 'event',
    name: 'an error that goes on to the emitter',
    error: crash,
    answer: { rethrown: true },
    outcome: 'report',
  },
  { transport: 'rpc', name: "a vendor's error", error: vendor, outcome: 'report' },
  { transport: 'ws', name: "a vendor's error", error: vendor, outcome: 'report' },
  { transport: 'graphql', name: "a vendor's error", error: vendor, outcome: 'report' },
  { transport: 'graphql', name: 'an error of http-errors', error: httpError, outcome: 'report' },
  { transport: 'graphql', name: 'a 4xx exception', error: new NotFoundException(), outcome: 'ignored' },
  { transport: 'custom', name: 'an error of http-errors', error: httpError, outcome: 'ignored' },
  { transport: 'rpc', name: 'an error', error: crash, outcome: 'report' },
  { transport: 'rpc', name: 'an RpcException', error: new RpcException('no'), outcome: 'ignored' },
  { transport: 'rpc', name: 'a 4xx exception', error: new NotFoundException(), outcome: 'ignored' },
  {
    transport: 'rpc',
    name: 'a filter that fails',
    error: crash,
    answer: { replacement: { error: filterCrash } },
    outcome: 'report',
    shown: filterCrash,
  },
  {
    transport: 'rpc',
    name: 'a filter that makes it an RpcException',
    error: crash,
    answer: { replacement: { error: new RpcException('no') } },
    outcome: 'report',
  },
  { transport: 'ws', name: 'an error', error: crash, outcome: 'report' },
  { transport: 'ws', name: 'a WsException', error: new WsException('no'), outcome: 'ignored' },
  { transport: 'graphql', name: 'an error', error: crash, outcome: 'report' },
  { transport: 'graphql', name: 'a client code', error: withCode('BAD_USER_INPUT'), outcome: 'ignored' },
  { transport: 'graphql', name: 'a server code', error: withCode('INTERNAL_SERVER_ERROR'), outcome: 'report' },
  {
    transport: 'graphql',
    name: 'a filter that makes it a client code',
    error: crash,
    answer: { replacement: { error: withCode('FORBIDDEN') } },
    outcome: 'ignored',
  },
  {
    transport: 'graphql',
    name: 'a filter that fails',
    error: crash,
    answer: { replacement: { error: filterCrash } },
    outcome: 'report',
    shown: filterCrash,
  },
  {
    transport: 'custom',
    name: 'a filter that makes it a 4xx',
    error: crash,
    answer: { replacement: { error: new NotFoundException() } },
    outcome: 'ignored',
  },
];

test.each(ROWS)('$transport: $name -> $outcome', ({ transport, error, answer = {}, outcome, shown = error }) => {
  const verdict = judge(error, answer, transport, policy);
  expect(verdict.outcome).toBe(outcome);
  if (outcome === 'report') expect(verdict.error).toBe(shown);
  expect(verdict.original).toBe(shown === error ? undefined : error);
});
