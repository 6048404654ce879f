import { createServer, type AddressInfo, type Server } from 'node:net';
import { AppProcess } from '../harness/app-process';
import { freePort } from '../harness/free-port';
import { Receiver } from '../harness/receiver';

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
test.each([
  ['nothing is configured', {}, undefined],
  ['the SDK excludes it', { sdk: { tracePropagationTargets: ['other:3001'] } }, undefined],
  ['the SDK names it', { sdk: { tracePropagationTargets: [address] } }, traced],
  ['rpcTargets name it', { tracing: { rpcTargets: ['127.0.0.1:'] } }, traced],
  [
    'rpcTargets exclude it',
    { tracing: { rpcTargets: ['other'] }, sdk: { tracePropagationTargets: [address] } },
    undefined,
  ],
])('lane 11: a packet to a service of somebody else, if %s', async (_what, init, sentryTrace) => {
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
    expect(packets).toEqual([
      { pattern: 'orders.fine', data: {}, id: expect.any(String), ...(sentryTrace && { sentryTrace }) },
      { pattern: 'orders.placed', data: {}, ...(sentryTrace && { sentryTrace }) },
    ]);
  } finally {
    server.close();
    await Promise.all([app.stop('SIGKILL'), receiver.close()]);
  }
});
