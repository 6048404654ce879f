import { AppProcess, type Lane, type Platform } from '../harness/app-process';
import { canRunOver } from '../harness/brokers';
import { poll } from '../harness/poll';
import { representative } from '../harness/scale';
import { Receiver } from '../harness/receiver';
import { events, jobs, schedules, type Expectation } from './expectations';

interface Start {
  lane: Lane;
  platform: Platform;
  start: string;
  /** Whether the SDK's own instrumentation of jobs is active beside. */
  components: boolean;
}
const starts: Start[] = [
  { lane: '11', platform: 'express', start: 'init', components: false },
  { lane: '11', platform: 'fastify', start: 'init', components: true },
  { lane: '12', platform: 'express', start: 'late', components: false },
  { lane: '12', platform: 'fastify', start: 'init', components: true },
];
const valueOf = (event: any): string => event.message ?? event.exception.values.at(-1).value;
const withRedis = canRunOver('redis') ? describe : describe.skip;

// Lane 12 has monitors.spec.ts, cqrs.spec.ts and bullmq.spec.ts.
withRedis.each(representative(starts, (_start, at) => at === 0))(
  'lane $lane on $platform, $start, components=$components',
  (options) => {
    const { lane, platform, start, components } = options;
    let receiver: Receiver;
    let app: AppProcess;

    beforeAll(async () => {
      receiver = await Receiver.start();
      app = await AppProcess.start({
        lane,
        app: 'jobs',
        env: {
          START: start,
          PLATFORM: platform,
          INIT: JSON.stringify({ tracing: { components } }),
          SENTRY_DSN: receiver.dsn,
          SENTRY_TRACES_SAMPLE_RATE: '1',
          SENTRY_ENVIRONMENT: 'test',
        },
        // Sentry 11 instruments ES modules as they are loaded, after this.
        nodeOptions: components && lane === '12' ? ['--import', './apps/shared/instrument.js'] : [],
      });
    });
    afterAll(async () => {
      const clean = new Promise((resolve) => app.child.once('message', resolve));
      app.child.send('clean');
      await clean;
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    });

    const ask = async (path: string) => {
      const response = await fetch(`${app.url}${path}`);
      return { status: response.status, body: await response.json() };
    };
    const arrived = (wanted: string[]) =>
      poll(async () => {
        await app.status();
        expect(receiver.events.map(valueOf).sort()).toEqual([...wanted].sort());
      });

    async function check({ path, status = 200, answer, events: wanted = [], transaction, type, holds }: Expectation) {
      receiver.clear();
      app.output = '';
      const answered = await ask(path);
      expect(answered.status).toBe(status);
      if (answer) expect(answered.body).toEqual(answer);
      await arrived(wanted);
      const [event] = receiver.events;
      if (transaction)
        expect(event.transaction).toEqual(
          typeof transaction === 'string' ? transaction : expect.stringMatching(transaction),
        );
      if (type) expect(event.exception.values.at(-1).mechanism).toMatchObject({ type, handled: false });
      if (holds) expect(event).toMatchObject(holds);
    }

    test.each(schedules.map((row) => [row.name, row] as const))('schedule: %s', (_name, row) => check(row));
    test.each(events.map((row) => [row.name, row] as const))('events: %s', (_name, row) => check(row));
    test.each(jobs.map((row) => [row.name, row] as const))('BullMQ: %s', (_name, row) => check(row));

    // The SDK's own wrapper hides the parameters.
    if (!components) {
      test('a processor with three parameters gets its signal', async () => {
        expect((await ask('/jobs/cancellable')).body).toEqual({ value: { signal: true } });
      });
    }

    test('every hook has found its place', async () => {
      expect((await app.status()).hooks).toMatchObject({ schedule: true, events: true, bullmq: true });
    });

    test('Nest logs a failure of a schedule and of a listener, each once', async () => {
      app.output = '';
      await ask('/run/interval');
      await ask('/emit/order.sync');
      await poll(() => {
        const counts = ['failure of an interval', 'failure of a listener'].map(
          (text) => app.output.split(`Error: ${text}`).length - 1,
        );
        expect(counts).toEqual([1, 1]);
      });
    });

    test('a check-in of @SentryCron stays what it is', async () => {
      receiver.clear();
      await ask('/run/monitored-outside');
      await poll(async () => {
        await app.status();
        const sent = receiver.items
          .filter(({ type, payload }) => type === 'check_in' && payload.monitor_slug === 'outer-monitor')
          .map(({ payload }) => payload.status);
        expect(sent).toEqual(expect.arrayContaining(['in_progress', 'error']));
      });
    });

    test('a transaction for each', async () => {
      receiver.clear();
      await Promise.all(['/run/named', '/run/text', '/jobs/fine'].map(ask));
      await poll(async () => {
        await app.status();
        const names = ['cron nightly', 'interval poll', expect.stringMatching(/^job orders-\d+ fine$/)];
        expect(receiver.transactions).toEqual(expect.arrayContaining(names));
      });
      expect(receiver.spans.find(({ name }) => / fine$/.test(name))).toMatchObject({
        op: 'queue.process',
        data: { queue: expect.stringMatching(/^orders-/), job: 'fine', attempt: '1' },
      });
    });

    if (withRedis === describe)
      test('an attempt that puts its job back has not failed', async () => {
        receiver.clear();
        await ask('/jobs/delayed?attempts=3');
        const attempts = () =>
          receiver.spans.filter(({ name, op }) => / delayed$/.test(name) && op === 'queue.process');
        await poll(async () => {
          await app.status();
          expect(attempts().map(({ status }) => status)).toEqual(['ok', 'ok']);
        });
      });

    test('an event is a span of the trace that emitted it, also if its handler outlasts that', async () => {
      receiver.clear();
      await ask('/emit/order.async');
      await poll(async () => {
        await app.status();
        const traces = ['GET /emit/:event', 'event order.async'].map(
          (wanted) => receiver.spans.find(({ name }) => name === wanted)?.trace,
        );
        expect(traces[0]).toBeDefined();
        expect(traces[1]).toBe(traces[0]);
      });
      expect(receiver.events[0].contexts.trace.trace_id).toBe(
        receiver.spans.find(({ name }) => name === 'GET /emit/:event')?.trace,
      );
    });

    test('an event has the id that its request brought along', async () => {
      receiver.clear();
      await fetch(`${app.url}/emit/order.sync`, { headers: { 'x-request-id': 'asked-by-the-client' } });
      await poll(() => {
        expect(receiver.events).toMatchObject([{ tags: { request_id: 'asked-by-the-client' } }]);
      });
    });

    test('a listener starts with what its emitter has set, and nothing of it goes back', async () => {
      receiver.clear();
      const users = Array.from({ length: 20 }, (_, n) => `user-${n}`);
      await Promise.all(
        users.flatMap((user) => [
          ask(`/emit-marked/order.marked?user=${user}`),
          ask(`/emit-marked/order.inherited?user=${user}-too`),
        ]),
      );
      const inherited = users.map((user) => `${user}-too`);
      await arrived([
        ...users.flatMap((user) => [`marked by ${user} for ${user}`, `request of ${user}`]),
        ...inherited.flatMap((user) => [`inherited from ${user}`, `request of ${user}`]),
      ]);
      for (const event of receiver.events) {
        const [, of = '', user] = /(marked by|inherited from|request of) (\S+)/.exec(valueOf(event))!;
        expect(event.user.id).toBe(of === 'marked by' ? `listener of ${user}` : user);
        expect(event.tags.leak).toBe(of === 'marked by' ? 'listener' : undefined);
        if (of !== 'marked by') expect(JSON.stringify(event.breadcrumbs ?? [])).not.toContain('crumb of');
        if (of !== 'request of') expect(event.contexts.operation.name).toBe('orders.announce');
      }
    });

    test('fifty jobs at the same time do not see each other', async () => {
      receiver.clear();
      const users = Array.from({ length: 25 }, (_, n) => `worker-${n}`);
      await Promise.all(users.flatMap((user) => [ask(`/jobs/marked?user=${user}`), ask('/jobs/unmarked')]));
      await arrived(users.flatMap((user) => [`failure of ${user}`, 'failure of nobody']));
      for (const event of receiver.events) {
        const user = valueOf(event).replace('failure of ', '');
        const crumbs = (event.breadcrumbs ?? []).filter(({ category }: any) => category === 'leak');
        const marked = user !== 'nobody';
        expect([event.user?.id, event.tags.leak]).toEqual(marked ? [user, user] : [undefined, undefined]);
        expect(crumbs.map(({ message }: any) => message)).toEqual(marked ? [`crumb of ${user}`] : []);
      }
    });

    test('nothing that background work has set shows later', async () => {
      receiver.clear();
      await Promise.all(['/run/cron', '/run/interval', '/run/dynamic', '/emit/order.marked', '/jobs/broken'].map(ask));
      await poll(async () => {
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(
          expect.arrayContaining(['failure of a cron job', 'failure of an interval', 'failure of a job, attempt 1']),
        );
      });
      receiver.clear();
      await Promise.all(['/after', '/run/named', '/jobs/unmarked', '/emit/order.sync'].map(ask));
      await poll(async () => {
        await app.status();
        expect(receiver.events.map(valueOf)).toEqual(
          expect.arrayContaining([
            'request after all that',
            'failure of a named cron job',
            'failure of nobody',
            'failure of a listener',
          ]),
        );
      });
      const later = receiver.events.filter((event) => !/^marked/.test(valueOf(event)));
      for (const event of later) {
        expect(event.user?.id).toBeUndefined();
        expect(event.tags.leak).toBeUndefined();
        expect(JSON.stringify(event.breadcrumbs ?? [])).not.toContain('crumb of');
      }
    });
  },
);
