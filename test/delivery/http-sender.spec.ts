import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  connect,
  createServer as createRawServer,
  type AddressInfo,
  type Server as RawServer,
  type Socket,
} from 'node:net';
import { gunzipSync } from 'node:zlib';
import { httpSender, type HttpOptions } from '../../lib/delivery/http-sender';
import { certificateFor } from '../harness/certificate';
import { poll } from '../harness/poll';

interface Request {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}
const servers: Server[] = [];
const rawServers: RawServer[] = [];
/** Listens, lets clients fill its backlog, then blocks. */
const FULL_BACKLOG = `
  const net = require('net');
  const server = net.createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    const { port } = server.address();
    const connect = "for (let at = 0; at < 8; at++) require('net').connect(" + port + ", '127.0.0.1').on('error', () => {}); setTimeout(() => {}, 5000)";
    require('child_process').spawn(process.execPath, ['-e', connect], { stdio: 'ignore' });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    require('fs').writeSync(1, String(port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20000);
  });
`;
let requests: Request[];
let connections: number;

beforeEach(() => {
  requests = [];
  connections = 0;
});
afterEach(() => {
  for (const server of rawServers.splice(0)) server.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const listen = async (server: Server) => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
const respond: Parameters<typeof createServer>[1] = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    requests.push({ url: request.url!, headers: request.headers as never, body: Buffer.concat(chunks) });
    if (request.url === '/redirect') response.writeHead(307, { location: '/' });
    response.end('{}');
  });
};
const receiver = () => {
  const server = createServer(respond);
  server.on('connection', () => connections++);
  return listen(server);
};
const proxy = (authorizations: unknown[], status = 200) => {
  const server = createServer();
  server.on('connect', (request, socket) => {
    authorizations.push(request.headers['proxy-authorization']);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const [host, port] = request.url!.split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  return listen(server);
};
const send = (options: HttpOptions, variables: Record<string, string> = {}, timeout?: number) =>
  httpSender(options, (run) => run(), variables, timeout);

test('one connection serves all requests that follow each other; configured headers are sent', async () => {
  const sender = send({ url: `http://127.0.0.1:${await receiver()}/api/?key=1`, headers: { 'x-own': 'yes' } });
  for (let at = 0; at < 5; at++) expect((await sender(Buffer.from(`body ${at}`))).status).toBe(200);
  expect(connections).toBe(1);
  expect(requests.map(({ body }) => body.toString())).toEqual(['body 0', 'body 1', 'body 2', 'body 3', 'body 4']);
  expect(requests[0]).toMatchObject({ url: '/api/?key=1', headers: { 'x-own': 'yes', 'content-length': '6' } });
});

test('a large body is compressed', async () => {
  const body = Buffer.from('compress me '.repeat(10_000));
  await send({ url: `http://127.0.0.1:${await receiver()}/` })(body);
  expect(requests[0]!.headers['content-encoding']).toBe('gzip');
  expect(requests[0]!.body.length).toBeLessThan(body.length / 10);
  expect(gunzipSync(requests[0]!.body).equals(body)).toBe(true);
});

/** A TCP server and its open connections. */
async function silent(accept: (socket: Socket) => void = () => undefined) {
  const open = new Set<Socket>();
  const server = createRawServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.resume();
    accept(socket);
  });
  rawServers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, open };
}

test.each<[string, (port: number) => HttpOptions]>([
  ['a receiver that accepts the request and never responds', (port) => ({ url: `http://127.0.0.1:${port}/` })],
  ['a receiver that never completes the TLS handshake', (port) => ({ url: `https://127.0.0.1:${port}/` })],
  ['a proxy that never responds', (port) => ({ url: 'http://127.0.0.1:1/', proxy: `http://127.0.0.1:${port}` })],
  [
    'a proxy that never responds, for a TLS receiver',
    (port) => ({ url: 'https://127.0.0.1:1/', proxy: `http://127.0.0.1:${port}` }),
  ],
  [
    'a proxy that never completes the TLS handshake',
    (port) => ({ url: 'http://127.0.0.1:1/', proxy: `https://127.0.0.1:${port}` }),
  ],
])('%s: times out, and no connection stays open', async (_title, options) => {
  const { port, open } = await silent();
  const sender = send(options(port), {}, 100);
  await expect(sender(Buffer.from('one'))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await poll(() => {
    expect(open.size).toBe(0);
  });
});

test('a tunnel without a TLS handshake times out, and its connections are closed', async () => {
  const { port, open } = await silent((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  const sender = send({ url: 'https://127.0.0.1:1/', proxy: `http://127.0.0.1:${port}` }, {}, 100);
  await expect(sender(Buffer.from('one'))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await poll(() => {
    expect(open.size).toBe(0);
  });
});

test('a connection that is never established times out', async () => {
  // The backlog is full: the system no longer completes handshakes.
  const full = spawn(process.execPath, ['-e', FULL_BACKLOG], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(full.stdout, 'data')) as [Buffer];
    const sender = send({ url: `http://127.0.0.1:${port.toString().trim()}/` }, {}, 300);
    await expect(sender(Buffer.from('one'))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  } finally {
    full.kill('SIGKILL');
  }
});

test('a redirect is returned, not followed', async () => {
  const sender = send({ url: `http://127.0.0.1:${await receiver()}/redirect` });
  expect((await sender(Buffer.from('body'))).status).toBe(307);
  expect(requests).toHaveLength(1);
});

test('an idle connection closed by the receiver is not a failure', async () => {
  const port = await receiver();
  const sender = send({ url: `http://127.0.0.1:${port}/` });
  await sender(Buffer.from('one'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const sent = sender(Buffer.from('two'));
  servers[0]!.closeIdleConnections();
  expect((await sent).status).toBe(200);
});

test('the configured proxy or that of the environment is used, unless no_proxy lists the host', async () => {
  const url = `http://127.0.0.1:${await receiver()}/`;
  const asked: unknown[] = [];
  const address = `http://ann:secret@127.0.0.1:${await proxy(asked)}`;
  await send({ url, proxy: address })(Buffer.from('one'));
  await send({ url }, { http_proxy: address })(Buffer.from('two'));
  await send({ url }, { HTTP_PROXY: address })(Buffer.from('three'));
  await send({ url }, { http_proxy: address, no_proxy: 'example.com, 127.0.0.1' })(Buffer.from('four'));
  expect(asked).toEqual(Array(3).fill(`Basic ${Buffer.from('ann:secret').toString('base64')}`));
  expect(requests).toHaveLength(4);
});

test.each([
  ['https_proxy', 'garbage'],
  ['HTTPS_PROXY', 'proxy.example.com:3128'],
  ['http_proxy', 'http://'],
  ['HTTP_PROXY', 'socks5://proxy.example.com'],
  ['http_proxy', 'ann:secret@proxy example'],
])('%s=%s is a ConfigurationError that names it and shows no login', (name, value) => {
  const start = (environment: Record<string, string>) => () =>
    send({ url: 'https://sentry.example.com/' }, environment);
  expect(start({ [name]: value })).toThrow(expect.objectContaining({ name: 'ConfigurationError', path: name }));
  expect(start({ [name]: value })).not.toThrow(/secret/);
  expect(start({ [name]: value, no_proxy: 'example.com' })).not.toThrow();
});

test('a refusal by the proxy is a failure that is retried', async () => {
  const address = `http://127.0.0.1:${await proxy([], 403)}`;
  const sender = send({ url: 'http://127.0.0.1:1/', proxy: address });
  await expect(sender(Buffer.from('one'))).rejects.toMatchObject({ code: 'PROXY_REFUSED' });
});

test('TLS: an untrusted certificate fails, one in caCerts does not, also through a proxy', async () => {
  const { key, cert: caCerts } = certificateFor('IP:127.0.0.1');
  const url = `https://127.0.0.1:${await listen(createSecureServer({ key, cert: caCerts }, respond))}/`;
  await expect(send({ url })(Buffer.from('one'))).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect((await send({ url, caCerts })(Buffer.from('two'))).status).toBe(200);
  const address = `http://127.0.0.1:${await proxy([])}`;
  expect((await send({ url, caCerts, proxy: address })(Buffer.from('three'))).status).toBe(200);
  await expect(send({ url, proxy: address })(Buffer.from('four'))).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(requests.map(({ body }) => body.toString())).toEqual(['two', 'three']);
});

test('TLS: a certificate for another name fails for an IP address, also through a proxy', async () => {
  const { key, cert: caCerts } = certificateFor('DNS:localhost');
  const url = `https://127.0.0.1:${await listen(createSecureServer({ key, cert: caCerts }, respond))}/`;
  const mismatch = { code: 'ERR_TLS_CERT_ALTNAME_INVALID' };
  await expect(send({ url, caCerts })(Buffer.from('one'))).rejects.toMatchObject(mismatch);
  const address = `http://127.0.0.1:${await proxy([])}`;
  await expect(send({ url, caCerts, proxy: address })(Buffer.from('two'))).rejects.toMatchObject(mismatch);
});

test('successive requests through a proxy share one tunnel', async () => {
  const asked: unknown[] = [];
  const sender = send({
    url: `http://127.0.0.1:${await receiver()}/`,
    proxy: `http://127.0.0.1:${await proxy(asked)}`,
  });
  for (let at = 0; at < 5; at++) expect((await sender(Buffer.from(`body ${at}`))).status).toBe(200);
  expect(asked).toHaveLength(1);
});

test('a silent proxy leaks no connection and blocks no later request, even with all connections in use', async () => {
  const { port, open } = await silent();
  const sender = send({ url: 'https://127.0.0.1:1/', proxy: `http://127.0.0.1:${port}` }, {}, 200);
  for (let round = 0; round < 2; round++) {
    const failures = await Promise.allSettled(Array.from({ length: 30 }, () => sender(Buffer.from('one'))));
    const codes = failures.map((failure) => failure.status === 'rejected' && failure.reason.code);
    expect(new Set(codes)).toEqual(new Set(['ETIMEDOUT']));
  }
  await poll(() => {
    expect(open.size).toBe(0);
  });
});
