import { mainly } from '../harness/scale';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppProcess } from '../harness/app-process';
import { AppPool } from '../harness/app-pool';
import { Receiver } from '../harness/receiver';

describe.each(mainly('11'))('lane %s', (lane) => {
  let receiver: Receiver;
  let other: Server;
  let app: AppProcess;
  const apps = new AppPool();
  const nothingFolded = { presets: false, fold: false };

  beforeAll(async () => {
    receiver = await Receiver.start();
    other = createServer((_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    receiver.clear();
  });
  afterAll(async () => {
    await apps.stop();
    other.closeAllConnections();
    other.close();
    await receiver.close();
  });

  const start = async (breadcrumbs: object | undefined) => {
    const OTHER = String((other.address() as AddressInfo).port);
    const env = { INIT: JSON.stringify({ breadcrumbs }), OTHER, SENTRY_DSN: receiver.dsn, SENTRY_ENVIRONMENT: 'test' };
    app = await apps.get({ lane, app: 'volume', env });
  };
  const crumbs = async () => {
    await app.status();
    return receiver.events[0].breadcrumbs;
  };
  const calls = async () => {
    await fetch(`${app.url}/shop/orders/7/calls`);
    const paths = (await crumbs()).map(({ category, data }: any) => category === 'http' && data.path);
    return paths.filter(Boolean);
  };
  const noted = async () => {
    const answer = new Promise((resolve) => app.child.once('message', resolve));
    app.child.send({ storm: 'breadcrumbs', count: 1 });
    await answer;
    return (await crumbs()).map(({ message, data }: any) => [message, data?.count]);
  };

  test('calls to health checks, metrics and icons leave none, with http and fetch', async () => {
    await start(undefined);
    expect(await calls()).toEqual(['/prices', '/prices', '/heartbeat', '/heartbeat']);
  });

  test('the application can ignore others', async () => {
    await start({ ignore: ['GET /heart*'] });
    expect(await calls()).toEqual(['/prices', '/prices']);
  });

  test('the presets can be switched off', async () => {
    await start(nothingFolded);
    expect(await calls()).toHaveLength(10);
  });

  test('repeated breadcrumbs of one execution are counted', async () => {
    await start(undefined);
    expect(await noted()).toEqual([
      ['polled', 3],
      ['polled', undefined],
      ['still here', 2],
      ['own count', 5],
      ['own count', 5],
      ['shared', undefined],
    ]);
    const [polled] = await crumbs();
    expect(polled.data).toEqual({ jobs: 0, count: 3 });
  });

  test('folding can be switched off', async () => {
    await start(nothingFolded);
    expect(await noted()).toHaveLength(9);
  });
});
