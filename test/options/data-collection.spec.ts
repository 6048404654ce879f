import { laneFolder, type Lane } from '../harness/app-process';
import { runNode } from '../cli/broken-app';

const PROGRAM = `
  const { initSentry } = require('nestjs-error-tracker/init');
  const client = initSentry({ dsn: 'http://key@127.0.0.1:9/1', sdk: JSON.parse(process.env.SDK) });
  console.log(JSON.stringify(client.getDataCollectionOptions()));`;

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
  const some = await collected({ dataCollection: { userInfo: true, genAI: { inputs: true } } });
  expect(some).toMatchObject({ userInfo: true, databaseQueryData: false, genAI: { inputs: true, outputs: false } });
});
