import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { AppProcess, laneFolder, type Lane } from '../harness/app-process';
import { canRunOver } from '../harness/brokers';
import { freePort } from '../harness/free-port';
import { poll } from '../harness/poll';
import { Receiver } from '../harness/receiver';
import { representative } from '../harness/scale';

/** A TCP service of somebody else: answers each message, and keeps what it received. */
async function consumer(): Promise<{ server: Server; port: number; packets: Record<string, unknown>[] }> {
  const packets: Record<string, unknown>[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const packet = JSON.parse(chunk.toString().replace(/^\d+#/, ''));
      packets.push(packet);
      if (packet.id === undefined) return;
      const answer = JSON.stringify({ id: packet.id, response: 'done', isDisposed: true });
      socket.write(`${answer.length}#${answer}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, packets };
}

const address = { regExp: '^127\\.0\\.0\\.1:\\d+$' };
const traced = expect.objectContaining({ sentryTrace: expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}-1$/) });
const packetRows: [string, object, object | undefined][] = [
  ['nothing is configured', {}, undefined],
  ['the SDK names it', { sdk: { tracePropagationTargets: [address] } }, traced],
  ['the SDK excludes it', { sdk: { tracePropagationTargets: ['other:3001'] } }, undefined],
  ['rpcTargets name it', { tracing: { rpcTargets: ['127.0.0.1:'] } }, traced],
  [
    'rpcTargets exclude it',
    { tracing: { rpcTargets: ['other'] }, sdk: { tracePropagationTargets: [address] } },
    undefined,
  ],
];
test.each(representative(packetRows, (_row, at) => at === 0 || at === 3))(
  'lane 11: a packet to a service of somebody else, if %s',
  async (_what, init, sentryTrace) => {
    const receiver = await Receiver.start();
    const { server, port, packets } = await consumer();
    const app = await AppProcess.start({
      lane: '11',
      app: 'rpc',
      env: {
        TRANSPORT: 'tcp',
        RPC_PORT: String(await freePort()),
        RPC_CLIENT_PORT: String(port),
        INIT: JSON.stringify(init),
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
      },
    });
    try {
      const response = await fetch(`${app.url}/send/orders.fine`);
      expect(await response.json()).toEqual({ answers: ['done'] });
      await fetch(`${app.url}/emit/orders.placed`);
      await poll(() => {
        expect(packets).toEqual([
          { pattern: 'orders.fine', data: {}, id: expect.any(String), ...(sentryTrace && { sentryTrace }) },
          { pattern: 'orders.placed', data: {}, ...(sentryTrace && { sentryTrace }) },
        ]);
      });
    } finally {
      server.close();
      await Promise.all([app.stop('SIGKILL'), receiver.close()]);
    }
  },
);

const topicRows: [Lane, string, object, object | undefined][] = (['11', '12'] as const).flatMap((lane) => [
  [lane, 'nothing is configured', {}, undefined],
  [lane, 'rpcTargets exclude it', { tracing: { rpcTargets: ['other'] } }, undefined],
  [lane, 'rpcTargets name it', { tracing: { rpcTargets: ['127.0.0.1:1883'] } }, traced],
]);
(canRunOver('mqtt') ? test : test.skip).each(representative(topicRows, (_row, at) => at === 3))(
  'lane %s: what a subscriber of somebody else receives over MQTT, if %s',
  async (lane, _what, init, sentryTrace) => {
    const receiver = await Receiver.start();
    const { connectAsync } = createRequire(join(laneFolder(lane), 'package.json'))('mqtt');
    const subscriber = await connectAsync('mqtt://127.0.0.1:1883');
    const RPC_PREFIX = `test-foreign-${process.pid}-${Math.random().toString(36).slice(2)}/`;
    const packets: object[] = [];
    subscriber.on('message', (topic: string, packet: Buffer) => {
      if (!topic.endsWith('/reply')) packets.push(JSON.parse(packet.toString()));
    });
    await subscriber.subscribeAsync(`${RPC_PREFIX}#`);
    const app = await AppProcess.start({
      lane,
      app: 'rpc',
      env: {
        TRANSPORT: 'mqtt',
        RPC_PREFIX,
        INIT: JSON.stringify(init),
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
      },
    });
    try {
      await fetch(`${app.url}/send/orders.fine`);
      await fetch(`${app.url}/emit/orders.placed`);
      const added = sentryTrace && { sentryTrace };
      await poll(() => {
        expect(packets).toEqual([
          { pattern: `${RPC_PREFIX}orders.fine`, data: {}, id: expect.any(String), ...added },
          { pattern: `${RPC_PREFIX}orders.placed`, data: {}, ...added },
        ]);
      });
    } finally {
      await Promise.all([subscriber.endAsync(), app.stop('SIGKILL'), receiver.close()]);
    }
  },
);

/** A queue of somebody else, with the headers of what it received. */
async function foreignQueue(): Promise<{ queue: string; headers: Record<string, unknown>[]; close(): Promise<void> }> {
  const { connect } = createRequire(join(laneFolder('11'), 'package.json'))('amqplib');
  const queue = `test-foreign-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const connection = await connect('amqp://guest:guest@127.0.0.1:5672');
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: false, autoDelete: true });
  const headers: Record<string, unknown>[] = [];
  await channel.consume(queue, (message: any) => headers.push(message.properties.headers), { noAck: true });
  return { queue, headers, close: () => connection.close() };
}

const all: [Lane, string, object, boolean][] = (['11', '12'] as const).flatMap((lane) => [
  [lane, 'nothing is configured', {}, true],
  [lane, 'the SDK excludes it', { sdk: { tracePropagationTargets: ['other:5672'] } }, false],
  [lane, 'rpcTargets exclude it', { tracing: { rpcTargets: [] } }, false],
  [lane, 'rpcTargets name it', { tracing: { rpcTargets: ['127.0.0.1:5672'] } }, true],
]);
const rows = representative(all, (_row, at) => at === 1 || at === 4);
// The SDK has an instrumentation of amqplib of its own, which asks nobody.
(canRunOver('rmq') ? describe : describe.skip)('the headers of a RabbitMQ message', () => {
  test.each(rows)('lane %s: to a queue of somebody else, if %s', async (lane, _what, init, isTraced) => {
    const receiver = await Receiver.start();
    const foreign = await foreignQueue();
    const app = await AppProcess.start({
      lane,
      app: 'rpc',
      env: {
        TRANSPORT: 'rmq',
        RPC_QUEUE: `${foreign.queue}-own`,
        RPC_CLIENT_QUEUE: foreign.queue,
        INIT: JSON.stringify(init),
        SENTRY_DSN: receiver.dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
      },
    });
    try {
      await fetch(`${app.url}/emit/orders.placed`);
      await poll(() => {
        expect(foreign.headers).toHaveLength(1);
      });
      const trace = { 'sentry-trace': expect.stringMatching(/^[0-9a-f]{32}-/), baggage: expect.any(String) };
      expect(foreign.headers[0]).toEqual(isTraced ? trace : {});
    } finally {
      await Promise.all([foreign.close(), app.stop('SIGKILL'), receiver.close()]);
    }
  });

  test("lane 11: they are the application's own and the trace, for each message anew", async () => {
    const receiver = await Receiver.start();
    const foreign = await foreignQueue();
    const env = { TRANSPORT: 'rmq', RPC_QUEUE: `${foreign.queue}-own`, RPC_CLIENT_QUEUE: foreign.queue };
    const app = await AppProcess.start({ lane: '11', app: 'rpc', env: { ...env, SENTRY_DSN: receiver.dsn } });
    try {
      await fetch(`${app.url}/headers`);
      await fetch(`${app.url}/headers`);
      await poll(() => {
        expect(foreign.headers).toHaveLength(4);
      });
      const traces = foreign.headers.map(({ 'sentry-trace': trace, baggage: _, ...own }) => {
        expect(own).toEqual({ 'x-version': '2' });
        return String(trace).slice(0, 32);
      });
      expect(new Set(traces).size).toBe(2);
    } finally {
      await Promise.all([foreign.close(), app.stop('SIGKILL'), receiver.close()]);
    }
  });
});

(canRunOver('nats') ? test : test.skip)(
  "lane 12: the headers of a NATS message are the application's own and the trace, for each message anew",
  async () => {
    const receiver = await Receiver.start();
    const { connect } = createRequire(join(laneFolder('12'), 'package.json'))('nats');
    const connection = await connect({ servers: 'nats://127.0.0.1:4222' });
    const received: Record<string, string[]>[] = [];
    const queue = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;
    connection.subscribe(`headers.${queue}`, {
      callback: (_error: unknown, message: any) => received.push(Object.fromEntries(message.headers)),
    });
    const env = { TRANSPORT: 'nats', RPC_QUEUE: queue, SENTRY_DSN: receiver.dsn };
    const app = await AppProcess.start({ lane: '12', app: 'rpc', env });
    try {
      await connection.flush();
      await fetch(`${app.url}/headers`);
      await fetch(`${app.url}/headers`);
      await poll(() => {
        expect(received).toHaveLength(4);
      });
      const traces = received.map(({ 'sentry-trace': trace, baggage: _, ...own }) => {
        expect(own).toEqual({ 'x-version': ['2'] });
        expect(trace).toHaveLength(1);
        return String(trace).slice(0, 32);
      });
      expect(new Set(traces).size).toBe(2);
    } finally {
      await Promise.all([connection.close(), app.stop('SIGKILL'), receiver.close()]);
    }
  },
);
