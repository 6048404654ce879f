import { laneFolder, type Lane } from '../harness/app-process';
import { runNode } from '../cli/broken-app';
import { Receiver } from '../harness/receiver';

const PROGRAM = `
  const { initSentry } = require('nestjs-error-tracker/init');
  const client = initSentry({ dsn: 'http://key@127.0.0.1:9/1', sdk: JSON.parse(process.env.SDK) });
  const { mcp } = client.getOptions().dataCollection;
  console.log(JSON.stringify({ mcp, ...client.getDataCollectionOptions() }));`;

test.each<Lane>(['11', '12'])('lane %s collects what is private only if it is told to', async (lane) => {
  const collected = async (sdk: object): Promise<any> => {
    const { stdout } = await runNode(laneFolder(lane), ['--input-type=commonjs', '-e', PROGRAM], {
      SDK: JSON.stringify(sdk),
    });
    return JSON.parse(stdout);
  };
  const byDefault = await collected({});
  expect(byDefault).toMatchObject({
    userInfo: false,
    databaseQueryData: false,
    genAI: { inputs: false, outputs: false },
    cookies: { deny: expect.arrayContaining(['forwarded']) },
  });
  expect(byDefault.queues ?? false).toBe(false);
  const some = await collected({
    dataCollection: { userInfo: true, genAI: { inputs: true }, httpHeaders: { request: false } },
  });
  expect(some).toMatchObject({
    userInfo: true,
    databaseQueryData: false,
    genAI: { inputs: true, outputs: false },
    httpHeaders: { request: false, response: { deny: expect.arrayContaining(['forwarded']) } },
  });
  expect(byDefault.mcp).toEqual({ inputs: false, outputs: false }); // of later versions of Sentry 11
});

const UNDEFINED = `
  const { initSentry } = require('nestjs-error-tracker/init');
  const dataCollection = { userInfo: undefined, cookies: undefined, genAI: { inputs: undefined }, httpHeaders: undefined };
  const client = initSentry({ dsn: 'http://key@127.0.0.1:9/1', sdk: { dataCollection } });
  console.log(JSON.stringify(client.getDataCollectionOptions()));`;

test.each<Lane>(['11', '12'])('lane %s takes an undefined value for an omitted one', async (lane) => {
  const { stdout } = await runNode(laneFolder(lane), ['--input-type=commonjs', '-e', UNDEFINED], {});
  expect(JSON.parse(stdout)).toMatchObject({
    userInfo: false,
    cookies: { deny: expect.any(Array) },
    genAI: { inputs: false },
    httpHeaders: { request: { deny: expect.any(Array) } },
  });
});

const REQUEST = `
  const { initSentry } = require('nestjs-error-tracker/init');
  initSentry({ sdk: JSON.parse(process.env.SDK) });
  const Sentry = require('@sentry/nestjs');
  const http = require('node:http');
  const server = http.createServer(async (request, response) => {
    await new Promise((resolve) => request.on('data', () => undefined).on('end', resolve));
    Sentry.captureMessage('a message');
    response.end();
  });
  server.listen(0, '127.0.0.1', async () => {
    await fetch('http://127.0.0.1:' + server.address().port, { method: 'POST', body: 'article=tea' });
    await Sentry.flush(5_000);
    process.exit();
  });`;

test.each<[Lane, object, string | undefined]>([
  ['11', {}, 'article=tea'],
  ['12', {}, 'article=tea'],
  ['11', { httpBodies: [] }, undefined],
  ['12', { httpBodies: [] }, undefined],
  ['11', { httpBodies: ['outgoingRequest'] }, undefined],
])('lane %s with dataCollection %j sends the body %j', async (lane, dataCollection, body) => {
  const receiver = await Receiver.start();
  const SDK = JSON.stringify({ dataCollection });
  await runNode(laneFolder(lane), ['--input-type=commonjs', '-e', REQUEST], { SENTRY_DSN: receiver.dsn, SDK });
  await receiver.close();
  expect(receiver.items.find(({ type }) => type === 'event')?.payload.request.data).toEqual(body);
});
