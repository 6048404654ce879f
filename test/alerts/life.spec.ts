import { consecutiveFailures, errorCount, errorRate, jobFailed, newError, regression, slow } from '../../lib/alerts';
import type { AlertRule } from '../../lib/options/alert-options';
import { MemoryStore } from '../../lib/alerts/store/memory-store';
import { ClockedEngine } from './clocked-engine';

const MINUTE = 60_000;
let engine: ClockedEngine;
const run = (...rules: AlertRule[]) => (engine = new ClockedEngine(rules));
afterEach(() => {
  engine.stop();
});

describe('the life of an alert', () => {
  const rule = (more: object = {}) => errorCount({ above: 2, within: '1m', ...more });

  test('fires when the count is above the threshold, and not before', async () => {
    run(rule());
    engine.fails(2);
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    engine.fail();
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
    const { notification } = engine.sent[0]!;
    expect(notification).toMatchObject({ rule: 'error-count', severity: 'error', title: '3 errors within 1m' });
    expect(notification.firstSeen).toBe('2026-01-01T00:00:00.000Z');
  });

  test('errors that left the window do not count', async () => {
    run(rule());
    engine.fails(2);
    await engine.pass(61_000);
    engine.fail();
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    await engine.pass(58_000);
    engine.fails(2);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });

  test('is silent during the cooldown, then says that it goes on, with the count so far', async () => {
    run(rule({ cooldown: '5m' }));
    for (let at = 0; at < 7 * 6; at++) {
      engine.fails(1);
      await engine.pass(10_000);
    }
    expect(engine.kinds).toEqual(['fired', 'ongoing']);
    expect(engine.said[0]).toBe('fired 3');
    expect(engine.sent[1]!.notification.count).toBeGreaterThan(30);
    expect(engine.sent[1]!.notification.id).toBe(engine.sent[0]!.notification.id);
  });

  test('recovers when the condition has not held for a whole window', async () => {
    run(rule());
    engine.fails(3);
    await engine.pass(MINUTE + 55_000);
    expect(engine.kinds).toEqual(['fired']);
    await engine.pass(10_000);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
    expect(engine.sent[1]!.notification).toMatchObject({ id: engine.sent[0]!.notification.id, count: 3 });
    expect(engine.engine.active()).toEqual([]);
  });

  test('that fires again within the cooldown is not announced, nor its end', async () => {
    run(rule({ cooldown: '15m' }));
    engine.fails(3);
    await engine.pass(3 * MINUTE);
    engine.fails(3);
    await engine.pass(3 * MINUTE);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
    await engine.pass(10 * MINUTE);
    engine.fails(4);
    await engine.pass(0);
    expect(engine.said.at(-1)).toBe('fired 4');
  });

  test('that fired again within the cooldown and still holds after it is announced then', async () => {
    run(rule({ cooldown: '5m' }));
    engine.fails(3);
    await engine.pass(3 * MINUTE);
    for (let at = 0; at < 16; at++) {
      engine.fails(2);
      await engine.pass(10_000);
    }
    expect(engine.kinds).toEqual(['fired', 'recovered', 'fired']);
    expect(engine.sent[2]!.notification.id).not.toBe(engine.sent[0]!.notification.id);
  });

  test('escalates step by step unless it is acknowledged or recovers', async () => {
    const escalate = [
      { after: '30s', notify: ['pager'] },
      { after: '50s', notify: ['boss'] },
    ];
    run(rule({ escalate }));
    engine.fails(3);
    await engine.pass(MINUTE);
    expect(engine.sent.map(({ to, notification }) => [notification.kind, to])).toEqual([
      ['fired', ['all']],
      ['escalated', ['pager']],
      ['escalated', ['boss']],
    ]);
    await engine.pass(2 * MINUTE);
    // Whoever was told is told of the end.
    expect(engine.sent.at(-1)).toMatchObject({ to: ['all', 'pager', 'boss'], notification: { kind: 'recovered' } });
  });

  test('that is acknowledged does not escalate', async () => {
    run(rule({ escalate: [{ after: '30s', notify: ['pager'] }] }));
    expect(await engine.engine.acknowledge('error-count')).toBe(false);
    engine.fails(3);
    await engine.pass(10_000);
    expect(await engine.engine.acknowledge('error-count')).toBe(true);
    expect(await engine.engine.acknowledge('error-count')).toBe(false);
    expect(await engine.engine.acknowledge('no such rule')).toBe(false);
    expect(engine.engine.active()).toMatchObject([{ kind: 'acknowledged', rule: 'error-count' }]);
    await engine.pass(5 * MINUTE);
    expect(engine.kinds).toEqual(['fired', 'acknowledged', 'recovered']);
  });

  test('without recovery, its end is not said', async () => {
    run(rule({ recovery: false }));
    engine.fails(3);
    await engine.pass(5 * MINUTE);
    expect(engine.kinds).toEqual(['fired']);
  });

  test('counts users once', async () => {
    run(rule());
    for (const user of ['a', 'b', 'a', 'c']) engine.fail({ user });
    await engine.pass(0);
    expect(engine.sent[0]!.notification.users).toBe(3);
  });

  test('a clock that is set back does no harm', async () => {
    run(rule());
    engine.fails(2);
    await engine.pass(0);
    engine.now -= MINUTE;
    engine.fail();
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
    await engine.pass(5 * MINUTE);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
  });
});

describe('where', () => {
  const counts = async (where: object, failing: object) => {
    run(errorCount({ above: 0, within: '1m', where }));
    engine.fail(failing);
    await engine.pass(0);
    engine.stop();
    return engine.sent.length === 1;
  };

  test.each<[string, object, object, boolean]>([
    ['a type', { type: 'TypeError' }, { name: 'TypeError' }, true],
    ['another type', { type: 'TypeError' }, { name: 'RangeError' }, false],
    ['one of several types', { type: ['Range*', /^Type/] }, { name: 'RangeError' }, true],
    ['a part of a message needs a wildcard', { message: 'boom' }, { message: 'big boom' }, false],
    ['a wildcard', { message: '*boom' }, { message: 'big boom' }, true],
    ['an expression', { message: /BOOM/i }, { message: 'big boom' }, true],
    ['an expression with state', { message: /boom/g }, { message: 'boom' }, true],
    ['a tag', { tags: { tenant: 'acme' } }, { tags: { tenant: 'acme' } }, true],
    ['a tag that is missing', { tags: { tenant: '*' } }, {}, false],
    ['an inherited property is no tag', { tags: { constructor: '*' } }, {}, false],
    ['a domain', { domain: ['payment', 'auth'] }, { tags: { domain: 'auth' } }, true],
    ['a level', { level: 'fatal' }, { level: 'error' }, false],
    ['a route', { route: '/orders/*' }, { route: 'GET /orders/:id' }, true],
    ['a method and route', { route: 'POST /orders/*' }, { route: 'GET /orders/:id' }, false],
    ['a job', { route: 'job mail *' }, { route: 'job mail welcome' }, true],
    ['the environment', { environment: 'test' }, {}, true],
    ['another environment', { environment: ['production', 'staging'] }, {}, false],
    ['all conditions must hold', { type: 'Error', message: 'other' }, { message: 'boom' }, false],
  ])('%s', async (_what, where, failing, expected) => {
    expect(await counts(where, failing)).toBe(expected);
  });
});

test('a rule whose window has changed begins anew, and counts right', async () => {
  const store = new MemoryStore(undefined, () => engine.now);
  engine = new ClockedEngine([errorCount({ above: 5, within: '2s' })], store);
  engine.fails(5);
  await engine.pass(0);
  const { now } = engine;
  engine.stop();
  engine = new ClockedEngine([errorCount({ above: 5, within: '4s' })], store);
  engine.now = now;
  for (let at = 0; at < 8; at++) {
    engine.fail();
    await engine.pass(5_000);
  }
  expect(engine.said).toEqual([]);
  engine.fails(6);
  await engine.pass(20_000);
  expect(engine.kinds).toEqual(['fired', 'recovered']);
});

describe('errorRate', () => {
  test('counts failed requests, once each, and needs a number of requests', async () => {
    run(errorRate({ above: 0.1, within: '5m', minRequests: 10 }));
    for (let at = 0; at < 9; at++) engine.request({ fails: at < 5 });
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    engine.request();
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 5']);
    const [{ notification }] = engine.sent as [any];
    expect(notification.title).toBe('50 % of 10 requests failed within 5m');
    expect(notification.message).toContain('Error: boom'); // although it was a success that made it fire
  });

  test('several failures of one request count once; the share must be above', async () => {
    run(errorRate({ above: 0.1, within: '5m', minRequests: 10 }));
    const execution = { kind: 'http', name: 'GET /orders/:id' };
    engine.fails(5, { execution });
    engine.engine.execution(execution as never, () => ({ ...execution, duration: 1, status: 500, isAborted: false }));
    for (let at = 0; at < 9; at++) engine.request();
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    for (let at = 0; at < 2; at++) engine.request({ fails: true });
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });

  test('a failure that is reported after its request has ended counts', async () => {
    run(errorRate({ above: 0.5, within: '1m', minRequests: 1 }));
    const execution = { kind: 'http', name: 'GET /late' };
    engine.engine.execution(execution as never, () => ({ ...execution, duration: 1, status: 500, isAborted: false }));
    engine.fail({ execution });
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 1']);
  });

  test('recovers when requests succeed again', async () => {
    run(errorRate({ above: 0.5, within: '1m', minRequests: 5 }));
    for (let at = 0; at < 6; at++) engine.request({ fails: true });
    await engine.pass(0);
    for (let at = 0; at < 150; at++) {
      engine.request();
      await engine.pass(1_000);
    }
    expect(engine.kinds).toEqual(['fired', 'recovered']);
  });
});

describe('consecutiveFailures', () => {
  const answer = (...codes: number[]) => {
    for (const status of codes) engine.request({ status });
  };

  test('fires at the number of failures in a row, and recovers at the first success', async () => {
    run(consecutiveFailures({ count: 3 }));
    answer(500, 503, 200, 500, 502);
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    answer(500);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
    answer(500, 500);
    await engine.pass(0);
    answer(200);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3', 'recovered 5']);
  });

  test('a row that began and ended between two looks is seen', async () => {
    run(consecutiveFailures({ count: 3 }));
    answer(200, 500, 500, 500, 200);
    await engine.pass(0);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
  });

  test('mistakes of clients neither end a row nor lengthen it', async () => {
    run(consecutiveFailures({ count: 3 }));
    answer(500, 404, 500, 401);
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    answer(500);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });

  test('only failures that it asks for, whenever they are reported', async () => {
    run(consecutiveFailures({ count: 3, where: { type: 'Gateway*' } }));
    for (let at = 0; at < 5; at++) engine.request({ failure: { name: 'TypeError' } });
    engine.request({ failure: { name: 'GatewayError' } });
    engine.request({ failure: { name: 'GatewayError' } });
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    const late = { kind: 'http', name: 'GET /late' };
    engine.engine.execution(late as never, () => ({ name: late.name, duration: 1, status: 502, isAborted: false }));
    engine.fail({ name: 'GatewayError', execution: late });
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });

  test('jobs are no requests', async () => {
    run(consecutiveFailures({ count: 3 }));
    answer(500, 500);
    engine.request({ kind: 'interval', name: 'interval tick', job: { name: 'tick' } });
    engine.request({ kind: 'cron', name: 'cron nightly', job: { name: 'nightly' }, fails: true });
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    answer(500);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });

  test('what a request reports by hand and survives is a success', async () => {
    run(consecutiveFailures({ count: 3 }));
    for (let at = 0; at < 5; at++) engine.request({ fails: true, status: 200 });
    answer(500, 500);
    engine.request({ fails: true, status: 200 });
    answer(500);
    await engine.pass(0);
    expect(engine.said).toEqual([]);
  });

  test('an operation of GraphQL fails although its response has the status 200', async () => {
    run(consecutiveFailures({ count: 2 }));
    for (let at = 0; at < 2; at++) engine.request({ fails: true, status: 200, failed: 'internal_error' });
    engine.request({ fails: true, status: 200, failed: 'invalid_argument' });
    await engine.pass(0);
    expect(engine.kinds).toEqual(['fired', 'recovered']);
  });

  test('a status of its own', async () => {
    run(consecutiveFailures({ count: 2, status: 503 }));
    answer(500, 500, 503, 503);
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 2']);
  });
});

describe('jobFailed', () => {
  test('counts jobs that have failed for good, by queue and by name', async () => {
    run(jobFailed({ name: 'mails', queue: 'mail*', job: 'send' }), jobFailed({ above: 2 }));
    engine.fail({ execution: { kind: 'queue', job: { queue: 'mails', name: 'send' } } }); // an attempt
    engine.failedJob({ queue: 'invoices', name: 'send' });
    engine.failedJob({ queue: 'mails', name: 'retry' });
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    engine.failedJob({ queue: 'mails', name: 'send' });
    await engine.pass(0);
    expect(engine.sent.map(({ notification }) => notification.rule).sort()).toEqual(['job-failed', 'mails']);
  });

  test('scheduled jobs, too', async () => {
    run(jobFailed({ job: 'nightly' }));
    engine.failedJob({ name: 'nightly' });
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 1']);
  });
});

describe('slow', () => {
  test('fires when more than a share is slow, on its route only', async () => {
    run(slow({ above: '2s', share: 0.2, within: '5m', minRequests: 10, route: '/reports' }));
    for (let at = 0; at < 20; at++) engine.request({ duration: 5_000 });
    for (let at = 0; at < 10; at++) engine.request({ name: 'GET /reports', duration: at < 2 ? 2_001 : 2_000 });
    await engine.pass(0);
    expect(engine.said).toEqual([]);
    engine.request({ name: 'GET /reports', duration: 3_000 });
    await engine.pass(0);
    expect(engine.said).toEqual(['fired 3']);
  });
});

describe('newError and regression', () => {
  test('fire once for each group', async () => {
    run(newError());
    for (const message of ['one', 'two', 'one', 'one']) {
      engine.fail({ message });
      await engine.pass(1_000);
    }
    expect(engine.sent.map(({ notification }) => notification.title)).toEqual([
      'New error: Error: one',
      'New error: Error: two',
    ]);
  });

  test('a group that was quiet is back', async () => {
    run(newError(), regression({ quiet: '2d' }));
    engine.fail();
    await engine.pass(0);
    engine.now += 86_400_000;
    engine.fail();
    await engine.pass(0);
    engine.now += 2 * 86_400_000;
    engine.fail();
    await engine.pass(0);
    expect(engine.sent.map(({ notification }) => notification.rule)).toEqual(['new-error', 'regression']);
    engine.fail();
    await engine.pass(60_000);
    expect(engine.sent).toHaveLength(2);
  });

  test('a group that this process sees all the time is not back', async () => {
    run(regression({ quiet: '1m' }));
    for (let at = 0; at < 40; at++) {
      engine.fail();
      await engine.pass(10_000, 10_000);
    }
    expect(engine.sent).toEqual([]);
  });
});
