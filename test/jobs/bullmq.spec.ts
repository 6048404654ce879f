import { Queue } from 'bullmq';
import { canRunOver } from '../harness/brokers';
import type { Lane } from '../harness/app-process';
import { poll } from '../harness/poll';
import { attemptsIn, QueuesApp, valueOf } from './queues-app';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const withRedis = canRunOver('redis') ? describe : describe.skip;

withRedis.each<Lane>(['11', '12'])('BullMQ in lane %s', (lane) => {
  let app: QueuesApp;
  let queues: string;
  beforeAll(async () => {
    app = await QueuesApp.start(lane, {
      MODULE: JSON.stringify({ budgets: { 'job * budgeted': '0ms' } }),
      INIT: JSON.stringify({ sampling: { traces: [{ match: ['job * unsampled'], rate: 0 }] } }),
    });
    ({ queues } = app);
  });
  afterAll(() => app.stop());

  test.each([
    ['last', 'fails', 3, ['attempt 3']],
    ['last', 'fails', 1, ['attempt 1']],
    ['last', 'mended', 3, []],
    ['last', 'hopeless', 3, ['hopeless']],
    ['last', 'text', 1, ['just a text']],
    ['first', 'fails', 3, ['attempt 1']],
    ['first', 'mended', 3, ['attempt 1']],
    ['first', 'hopeless', 3, ['hopeless']],
    ['every', 'fails', 3, ['attempt 1', 'attempt 2', 'attempt 3']],
    ['every', 'mended', 3, ['attempt 1', 'attempt 2']],
    ['chosen', 'fails', 3, ['attempt 2']],
    ['chosen', 'hopeless', 3, ['hopeless']],
    ['broken-choice', 'fails', 2, ['attempt 2']],
    ['own', 'fails', 3, ['attempt 3']],
    ['own', 'mended', 3, []],
    ['untracked', 'fails', 2, []],
  ])('report of %s: %s with %d attempts', async (queue, name, attempts, reported) => {
    const mark = `${queue}-${name}-${attempts}`;
    await app.get(`run/${queue}/${name}?attempts=${attempts}&mark=${mark}`);
    // What is through later shows that nothing else is on its way.
    const after = `after-${mark}`;
    await app.get(`run/last/fails?mark=${after}`);
    await app.events(after, 1);
    const events = await app.events(mark, reported.length + 1);
    expect(events.map(valueOf).filter((value) => !value.includes(after))).toEqual(
      reported.map((value) => expect.stringContaining(value)),
    );
  });

  test('a predicate knows whether BullMQ retries, also if its backoff gives up', async () => {
    await app.tell({ asked: true });
    const backoff = encodeURIComponent(JSON.stringify({ backoff: { type: 'custom' } }));
    await app.get('run/chosen/fails?attempts=2&mark=asked');
    await app.get(`run/chosen/fails?attempts=3&mark=given-up&opts=${backoff}`);
    await app.events('asked', 1);
    expect((await app.tell({ asked: true })).asked).toEqual([
      'fails attempt 1 of asked failed false',
      'fails attempt 2 of asked failed true',
      'fails attempt 1 of given-up failed true',
    ]);
    expect((await app.status()).faults).toEqual({ 'bullmq-report': expect.any(Number) });
  });

  test.each(['registered', 'registered-file'])(
    'processors given to registerQueue() are tracked (%s)',
    async (queue) => {
      await app.get(`run/${queue}/fails?attempts=2&mark=${queue}`);
      const [event] = await app.events(`of ${queue} failed`, 1);
      expect(event).toMatchObject({
        transaction: `job ${queues}-${queue} fails`,
        tags: { kind: 'queue', queue: `${queues}-${queue}`, job: 'fails', attempt: '2' },
        contexts: { job: { data: { mark: queue } } },
      });
      expect(event.tags).not.toHaveProperty('handler');
      expect(attemptsIn(event)).toEqual(['Attempt 1 of 2 failed']);
      const { trace_id } = event.contexts.trace;
      await app.spans(({ op, trace }) => op === 'queue.process' && trace === trace_id, 2);
      await app.spans(({ op, trace }) => op === 'queue.publish' && trace === trace_id);
    },
  );

  test('a job whose value cannot be stored is reported once, when BullMQ gives up', async () => {
    await app.get('run/last/unserialisable?attempts=2&mark=unstored');
    const [event] = await app.events('serialize a BigInt', 1);
    expect(event).toMatchObject({
      transaction: `job ${queues}-last unserialisable`,
      tags: { attempt: '2', handler: 'Last.process' },
      contexts: { job: { attemptsMade: 1, attempts: 2 } },
    });
    expect(attemptsIn(event)).toEqual(['Attempt 1 of 2 failed']);
  });

  test('the event of a job', async () => {
    const opts = encodeURIComponent(JSON.stringify({ delay: 20, jobId: 'my-own-id' }));
    await app.get(`run/last/fails?attempts=2&mark=described&data=nested&secret=hunter2-job&opts=${opts}`);
    const [event] = await app.events('described', 1);
    expect(event).toMatchObject({
      transaction: `job ${queues}-last fails`,
      level: 'error',
      tags: { kind: 'queue', queue: `${queues}-last`, job: 'fails', attempt: '2', handler: 'Last.process' },
      exception: { values: [{ mechanism: { type: 'auto.queue.nestjs.bullmq', handled: false } }] },
    });
    expect(event.contexts.job).toEqual({
      id: 'my-own-id',
      name: 'fails',
      queue: `${queues}-last`,
      attemptsMade: 1,
      attempts: 2,
      delay: 20,
      timestamp: expect.stringMatching(ISO),
      processedOn: expect.stringMatching(ISO),
      data: {
        mark: 'described',
        secret: '[Filtered]',
        order: { lines: [{ article: 'tea', count: 2 }], card: { number: '[Filtered:card]' } },
      },
    });
    expect(attemptsIn(event)).toEqual(['Attempt 1 of 2 failed']);
    expect(event.breadcrumbs.find(({ category }: any) => category === 'job').data).toEqual({
      error: 'Error: attempt 1 of described failed',
    });
    expect(app.receiver.bytes).not.toContain('hunter2-job');
  });

  test('what a function chooses of the data, or none of it', async () => {
    await app.get('run/bare/fails?mark=chosen-data&password=hunter2');
    await app.get('run/apart/fails?mark=without-data');
    expect((await app.events('chosen-data', 1))[0].contexts.job.data).toEqual({ only: 'chosen-data' });
    expect((await app.events('without-data', 1))[0].contexts.job).not.toHaveProperty('data');
  });

  test('data of five megabytes is cut and marked; data that a job has made unreadable harms nothing', async () => {
    await app.get('run/last/fails?mark=huge&data=huge');
    const [huge] = await app.events('huge', 1);
    const sent = JSON.stringify(huge.contexts.job.data);
    expect(sent.length).toBeLessThanOrEqual(16_384);
    expect(sent).toContain('[cut');
    expect(app.receiver.bytes).not.toContain('hunter2-huge');
    await app.get('run/last/closes-a-cycle?mark=cycle');
    const [cycle] = await app.events('a cycle of cycle', 1);
    expect(cycle.contexts.job.data).toEqual({ mark: 'cycle', self: '[Circular ~]' });
    await app.get('run/last/breaks-its-data?mark=broken');
    const [broken] = await app.events('broken by broken', 1);
    expect(broken.contexts.job.data).toBe('[Filtered:unreadable]');
  });

  test('data that BullMQ cannot serialise fails as with BullMQ alone', async () => {
    const { failed } = await app.get('run/last/fails?mark=cyclic&data=cyclic');
    expect(failed).toContain('circular structure');
  });

  test('producer and worker share one trace', async () => {
    await app.get('run/last/fails?mark=traced');
    const [event] = await app.events('traced', 1);
    const trace = event.contexts.trace.trace_id;
    const ours = (span: { trace: string }) => span.trace === trace;
    await app.spans((span) => ours(span) && /http.server|queue/.test(span.op), 3);
    expect(app.receiver.transactions).toEqual(expect.arrayContaining(['GET /run/:queue/:name']));
    expect(app.receiver.spans.filter(ours)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'GET /run/:queue/:name', op: 'http.server' }),
        expect.objectContaining({ name: `publish ${queues}-last`, op: 'queue.publish' }),
        expect.objectContaining({ name: `job ${queues}-last fails`, op: 'queue.process' }),
      ]),
    );
    expect(app.receiver.spans.find(({ op, trace: of }) => op === 'queue.process' && of === trace)!.data).toMatchObject({
      'messaging.system': 'bullmq',
      'messaging.destination.name': `${queues}-last`,
      'messaging.message.id': event.contexts.job.id,
      'messaging.message.retry.count': 0,
      'messaging.message.receive.latency': expect.any(Number),
    });
  });

  test('a linked job has its own trace, and one that is kept apart has no connection', async () => {
    for (const queue of ['linked', 'apart']) {
      app.receiver.clear();
      await app.get(`run/${queue}/fails?mark=of-${queue}`);
      const [event] = await app.events(`of-${queue}`, 1);
      const { trace_id } = event.contexts.trace;
      const [publish] = await app.spans(({ name }) => name === `publish ${queues}-${queue}`);
      await app.spans(({ name, trace }) => name === `job ${queues}-${queue} fails` && trace === trace_id);
      expect(publish!.trace).not.toBe(trace_id);
      const sent = JSON.stringify(app.receiver.items.map(({ payload }) => payload));
      expect(sent.includes('"sentry.link.type"')).toBe(queue === 'linked');
    }
  });

  test('a job that is added outside of requests has a trace of its own', async () => {
    app.receiver.clear();
    for (const mark of ['timer-1', 'timer-2'])
      await app.tell({ add: { queue: 'last', name: 'fails', data: { mark } } }, 'id');
    const events = await app.events('timer-', 2);
    expect(new Set(events.map((event) => event.contexts.trace.trace_id)).size).toBe(2);
    const jobs = await app.spans(({ name }) => name === `job ${queues}-last fails`, 2);
    expect(jobs.map(({ parent }) => parent)).toEqual([undefined, undefined]);
    expect(jobs.map(({ op }) => op)).toEqual(['queue.process', 'queue.process']);
    const traces = jobs.map(({ trace }) => trace);
    expect(app.receiver.spans.filter(({ op, trace }) => op === 'queue.publish' && traces.includes(trace))).toEqual([]);
  });

  test('nothing is added to a job but what BullMQ has a field for', async () => {
    app.receiver.clear();
    const custom = JSON.stringify({ telemetry: { metadata: 'of another telemetry' } });
    const omitted = JSON.stringify({ telemetry: { omitContext: true } });
    const ours = await app.get('run/last/strict?mark=strict');
    expect(ours.value.data).toEqual({ mark: 'strict' });
    expect(Object.keys(ours.value.telemetry)).toEqual(['metadata']);
    expect(JSON.parse(ours.value.telemetry.metadata)['sentry-trace']).toMatch(/^[\da-f]{32}-[\da-f]{16}-1$/);
    const theirs = await app.get(`run/last/strict?opts=${encodeURIComponent(custom)}`);
    expect(theirs.value.telemetry).toEqual({ metadata: 'of another telemetry' });
    const none = await app.get(`run/last/strict?opts=${encodeURIComponent(omitted)}`);
    expect(none.value.telemetry).toEqual({ omitContext: true });
    const { id } = await app.get('add/own/strict?mark=raw');
    const queue = new Queue(`${queues}-own`, { connection: { host: '127.0.0.1' } });
    const stored = (await queue.getJob(id))!.asJSON();
    await queue.close();
    expect(JSON.parse(stored.data)).toEqual({ mark: 'raw' });
    expect(Object.keys(stored.opts as object).sort()).toEqual(['attempts', 'tm']);
  });

  // BullMQ 6 has schedulers instead.
  if (lane === '11') {
    test('the runs of a repeated job do not belong to the trace that began it', async () => {
      const repeated = encodeURIComponent(JSON.stringify({ repeat: { every: 50, limit: 2 } }));
      expect((await app.get(`run/last/strict?opts=${repeated}`)).value).toEqual({ data: {} });
    });
  }

  test('several jobs at once: one span, and each continues the trace', async () => {
    app.receiver.clear();
    expect((await app.get('bulk/last/fails?count=3')).data).toEqual([0, 1, 2].map((n) => ({ mark: `bulk-${n}` })));
    const events = await app.events('bulk-', 3);
    const traces = new Set(events.map((event) => event.contexts.trace.trace_id));
    expect(traces.size).toBe(1);
    const [publish] = await app.spans(({ op, trace }) => op === 'queue.publish' && traces.has(trace));
    expect(publish!.data['messaging.batch.message_count']).toBe(3);
  });

  test('a job of a flow names its parent, and a parent that fails with it is one more event', async () => {
    app.receiver.clear();
    const { id } = await app.get('flow/fails?mark=child');
    const [child] = await app.events('child failed', 1);
    expect(child.contexts.job.parent).toEqual({ id, queue: `${queues}-parents` });
    const { trace_id } = child.contexts.trace;
    await app.spans(({ op, name, trace }) => op === 'queue.publish' && name.endsWith('-last') && trace === trace_id);
    const [parent] = await app.events('child bull:', 1);
    expect(parent).toMatchObject({
      transaction: `job ${queues}-parents parent`,
      tags: { queue: `${queues}-parents`, job: 'parent', attempt: '1' },
      contexts: { job: { id, attemptsMade: 0, attempts: 1 } },
    });
  });

  test('fifty jobs at once, each in its own scope and in the trace of its request', async () => {
    app.receiver.clear();
    const marks = Array.from({ length: 50 }, (_, n) => `crowd-${n}.`);
    await Promise.all(marks.map((mark) => app.get(`run/last/marked?mark=${mark}`)));
    const events = await app.events('failure of crowd-', 50);
    for (const event of events) {
      const mark = valueOf(event).replace('failure of ', '');
      expect([event.user.id, event.tags.leak, event.contexts.job.data.mark]).toEqual([mark, mark, mark]);
    }
    expect(new Set(events.map((event) => event.contexts.trace.trace_id)).size).toBe(50);
  });

  test('a message of a job has its facts, and nothing of a worker event shows in a job or in another event', async () => {
    for (const mark of ['out', 'out again']) await app.get(`run/last/announced?mark=${mark}`);
    await app.get('run/last/captures?mark=within');
    for (const { tags } of await app.events('announced out', 2)) {
      expect(tags ?? {}).not.toHaveProperty('queue');
      expect(tags ?? {}).not.toHaveProperty('leak');
    }
    const [captured] = await app.events('captured in within', 1);
    expect(captured).toMatchObject({
      tags: { job: 'captures', attempt: '1' },
      contexts: { job: { name: 'captures' } },
    });
    expect(captured.tags).not.toHaveProperty('leak');
  });

  test('a slow job warns, with its facts', async () => {
    await app.get('run/bare/slow?mark=slow');
    const [event] = await app.events('Slow job', 1);
    expect(event).toMatchObject({
      level: 'warning',
      transaction: `job ${queues}-bare slow`,
      tags: { queue: `${queues}-bare`, job: 'slow' },
      contexts: { operation: { duration: expect.any(Number), threshold: 10, factor: expect.any(Number) } },
    });
    await app.get('run/last/slow?mark=not-slow');
    await app.events('Slow job', 1);
  });

  test('each failed attempt is counted', async () => {
    app.receiver.clear();
    await app.get('run/last/mended?attempts=3&mark=counted');
    await app.get('run/every/hopeless?attempts=3&mark=counted');
    const counted: string[] = [];
    await poll(async () => {
      await app.status();
      counted.length = 0;
      for (const { type, payload } of app.receiver.items) {
        if (type !== 'trace_metric') continue;
        for (const { name, value, attributes } of payload.items)
          if (name === 'job.attempt_failed')
            for (let at = 0; at < value; at++) counted.push(`${attributes.queue.value} ${attributes.job.value}`);
      }
      expect(counted.sort()).toEqual([`${queues}-every hopeless`, `${queues}-last mended`, `${queues}-last mended`]);
    });
  });

  test('sampling and budgets know a job by its name', async () => {
    app.receiver.clear();
    await app.tell({ add: { queue: 'last', name: 'unsampled', data: {} } }, 'id');
    await app.tell({ add: { queue: 'last', name: 'budgeted', data: {} } }, 'id');
    const [event] = await app.events('Performance budget exceeded', 1);
    expect(event.tags).toMatchObject({ route: `job ${queues}-last budgeted`, budget: 'job * budgeted' });
    await app.spans(({ name }) => name === `job ${queues}-last budgeted`);
    expect(app.receiver.transactions).not.toContain(`job ${queues}-last unsampled`);
  });
});
