import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { canRunOver } from '../harness/brokers';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import type { Lane } from '../harness/app-process';
import { mainly } from '../harness/scale';
import { attemptsIn, QueuesApp, valueOf } from './queues-app';

const withRedis = canRunOver('redis') ? describe : describe.skip;

/** Redis on another port, which a test can take away. */
class Way {
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  constructor(readonly port: number) {}

  async open(): Promise<void> {
    this.server = createServer((near) => {
      const far = createConnection(6379, '127.0.0.1');
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (
        !this.server?.close(() => {
          resolve();
        })
      )
        resolve();
    });
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }
}

withRedis.each(mainly('11'))('workers in several processes, lane %s', (lane) => {
  let first: QueuesApp;
  let second: QueuesApp;
  let way: Way;
  beforeAll(async () => {
    way = new Way(await freePort());
    first = await QueuesApp.start(lane, { DISTANT_PORT: String(way.port) });
    second = await QueuesApp.start(lane, { QUEUES: first.queues, ROLE: 'second' });
  });
  afterAll(async () => {
    await first.stop();
    await Promise.all([second.stop(false), way.close()]);
  });

  test('attempts in two processes are one event, with the attempts of the other process', async () => {
    const handedOver = first.next('handedOver');
    await first.get('add/shared/fails?attempts=3&mark=handed-over');
    await handedOver;
    await second.tell({ work: 'Shared' }, 'works');
    const [event] = await second.events('handed-over', 1);
    expect(valueOf(event)).toBe('attempt 3 of handed-over failed');
    expect(event.tags.attempt).toBe('3');
    expect(attemptsIn(event)).toEqual(['Attempt 1 of 3 failed', 'Attempt 2 of 3 failed']);
    const errors = event.breadcrumbs.flatMap(({ category, data }: any) => (category === 'job' ? [data.error] : []));
    expect(errors).toEqual(['Error: attempt 1 of handed-over failed', 'Error: attempt 2 of handed-over failed']);
    await first.status();
    expect(first.receiver.events.filter((of) => valueOf(of).includes('handed-over'))).toEqual([]);
    const jobs = (app: QueuesApp) =>
      app.spans(({ name }) => name === `job ${first.queues}-shared fails`, app === first ? 1 : 2);
    const spans = [...(await jobs(first)), ...(await jobs(second))];
    expect(new Set(spans.map(({ trace }) => trace))).toEqual(new Set([event.contexts.trace.trace_id]));
  });

  test('a job whose process is killed is reported by the worker that finds it', async () => {
    const stalls = second.next('stalls');
    const { id } = await first.get('add/stalling/stalls?mark=stalled');
    await stalls;
    await second.app.stop('SIGKILL');
    await first.tell({ work: 'Stalling' }, 'works');
    const [event] = await first.events('job stalled more than allowable limit', 1);
    expect(event).toMatchObject({
      transaction: `job ${first.queues}-stalling stalls`,
      tags: { queue: `${first.queues}-stalling`, job: 'stalls', attempt: '1', handler: 'Stalling.process' },
      contexts: { job: { id, attemptsMade: 0, data: { mark: 'stalled' } } },
      fingerprint: ['{{ default }}', `${first.queues}-stalling`, 'stalls'],
    });
    const [publish] = await first.spans(({ name }) => name === `publish ${first.queues}-stalling`);
    expect(event.contexts.trace.trace_id).toBe(publish!.trace);
  });

  test('Redis that is away at the start, and again later, costs nothing but the wait', async () => {
    const begun = first.get('add/away/fails?mark=later');
    await way.open();
    await begun;
    await first.events('of later', 1);
    await way.close();
    const again = first.get('add/away/fails?mark=even-later');
    await way.open();
    await again;
    await first.events('even-later', 1);
    await poll(async () => {
      const { faults, hooks } = await first.status();
      expect(faults).toEqual({});
      expect(hooks).toMatchObject({ bullmq: true, jobTraces: true });
    });
    expect((await fetch(`${first.app.url}/run/last/done`)).status).toBe(200);
  });
});

withRedis.each<Lane>(['11', '12'])('options of the module, lane %s', (lane) => {
  test("beside the SDK's own instrumentation: one event and one transaction; traces in the data", async () => {
    // Sentry 11 instruments ES modules as they are loaded, after this.
    const preloaded = lane === '12' ? ['--import', './apps/shared/instrument.js'] : [];
    const env = {
      INIT: JSON.stringify({ tracing: { components: true } }),
      BULLMQ: JSON.stringify({ carrier: 'data', report: 'every' }),
    };
    const app = await QueuesApp.start(lane, env, preloaded);
    try {
      const strict = await app.get('run/last/strict?mark=carried');
      expect(strict.value).toEqual({ data: { mark: 'carried' } });
      const added = await app.get('add/last/fails?attempts=2&mark=carried');
      expect(added.data).toEqual({ mark: 'carried' });
      const bulk = await app.get('bulk/last/fails?count=2');
      expect(bulk.data).toEqual([{ mark: 'bulk-0' }, { mark: 'bulk-1' }]);
      await app.get('flow/fails?mark=flowing&parent=without-data');
      const events = await app.events('attempt ', 5);
      const http = (await app.spans(({ op }) => op === 'http.server', 4)).map(({ trace }) => trace);
      // One for each call: the last one adds two queues' jobs.
      await app.spans(({ op }) => op === 'queue.publish', 5);
      for (const event of events) {
        expect(http).toContain(event.contexts.trace.trace_id);
        expect(JSON.stringify(event.contexts.job.data)).not.toContain('sentryTrace');
      }
      await poll(() => {
        expect(app.receiver.transactions.filter((name) => /process|^job/.test(name)).sort()).toEqual([
          ...Array<string>(5).fill(`job ${app.queues}-last fails`),
          `job ${app.queues}-last strict`,
          `job ${app.queues}-parents parent`,
        ]);
      });
      expect((await app.status()).faults).toEqual({});
    } finally {
      await app.stop();
    }
  });

  test('switched off, jobs stay as BullMQ alone has them', async () => {
    const app = await QueuesApp.start(lane, { MODULE: JSON.stringify({ integrations: { bullmq: false } }) });
    try {
      expect((await app.get('run/last/strict?mark=off')).value).toEqual({ data: { mark: 'off' } });
      await app.get('run/last/fails?attempts=2&mark=off');
      await app.get('run/own/fails?mark=off');
      await app.spans(({ op }) => op === 'http.server', 3);
      expect(app.receiver.events).toEqual([]);
      expect(app.receiver.spans.filter(({ op }) => /^queue/.test(op))).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
