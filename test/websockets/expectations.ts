/** One socket event and the error event it must produce. */
export interface Expectation {
  name: string;
  event: string;
  payload?: unknown;
  headers?: Record<string, string>;
  /** Part of the value of the one event; undefined: no event. */
  reported?: string;
  /** Anything else that the event must hold. */
  holds?: object;
}

const handler = (method: string) => ({ tags: { handler: `ChatGateway.${method}` } });

const thrown = (kind: string, reported?: string): Expectation => ({
  name: `a handler throws: ${kind}`,
  event: 'throw',
  payload: { kind },
  reported,
  holds: handler('throw'),
});

const failing = (event: string, reported: string, holds: object = handler(event)): Expectation => ({
  name: `${event}: ${reported}`,
  event,
  reported,
  holds,
});

const somebody = (place: string, id: string, headers?: Record<string, string>): Expectation => ({
  name: `the user is found: ${place}`,
  event: 'as',
  payload: { place, who: 'ann' },
  headers,
  reported: 'failure of somebody',
  holds: { user: { id } },
});

export const expectations: Expectation[] = [
  { name: 'all is well', event: 'fine', payload: { a: 1 } },
  { name: 'an answer', event: 'answer', payload: { a: 1 } },
  { name: 'no answer', event: 'nothing' },
  { name: 'nobody listens', event: 'nowhere' },
  { name: 'a stream', event: 'stream' },
  {
    ...thrown('error', 'plain failure'),
    holds: {
      transaction: 'ws throw',
      tags: { handler: 'ChatGateway.throw', pattern: 'throw', kind: 'ws' },
      contexts: { payload: { data: { kind: 'error' } } },
    },
  },
  thrown('ws'),
  thrown('wsObject'),
  thrown('wsSubclass'),
  thrown('wsForeign'),
  thrown('http503', 'maintenance'),
  thrown('http404'),
  thrown('httpErrors413'),
  thrown('vendor429', 'rate limited by a vendor'),
  thrown('ignored'),
  thrown('renamed'),
  thrown('domain', 'declined'),
  thrown('shared', 'the one shared instance'),
  { ...thrown('shared', 'the one shared instance'), name: 'the same instance is thrown by a second event' },
  thrown('string', 'just a string'),
  thrown('null', 'null'),
  thrown('frozen', 'frozen failure'),
  thrown('getters', 'hidden'),
  {
    name: 'a handler without filter, interceptor or decorators throws',
    event: 'throw.plain',
    payload: { kind: 'error' },
    reported: 'plain failure',
    holds: handler('throwPlain'),
  },
  failing('guard', 'failure in a guard'),
  { name: 'a guard denies', event: 'denied' },
  failing('pipe', 'failure in a pipe'),
  failing('interceptor', 'failure in an interceptor'),
  failing('stream.fails', 'failure in a stream', {
    transaction: 'ws stream.fails',
    tags: { handler: 'ChatGateway.streamFails' },
  }),
  failing('manual', 'captured, then thrown', { tags: { manual: 'yes', pattern: 'manual' } }),
  failing('wrapped', 'inner failure'),
  failing('reported', 'no such thing'),
  failing('timer', 'failure in a timer', { transaction: 'ws timer', ...handler('timer') }),
  somebody('client', 'ann'),
  somebody('data', 'ann'),
  somebody('resolver', 'resolved ann'),
  somebody('set', 'ann'),
  somebody('handshake', 'passport', { 'x-passport': 'passport' }),
  { ...somebody('nobody', ''), holds: { transaction: 'ws as' } },
  { ...somebody('broken', ''), holds: { transaction: 'ws as' } },
];
