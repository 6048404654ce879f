import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

it('the tests of the shop pass, and leave nothing open', async () => {
  const jest = require.resolve('jest/bin/jest');
  const args = [jest, '--config', 'sample-app/jest.config.cjs', '--runInBand', '--detectOpenHandles'];
  const env = { ...process.env, DATABASE_URL: '', REDIS_URL: '', BROKER_URL: '', NODE_ENV: 'test' };
  const outcome = await new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = execFile(process.execPath, args, { cwd: ROOT, env }, (_error, _stdout, output) => {
      resolve({ code: child.exitCode, output });
    });
  });
  expect(outcome.output).toMatch(/^Tests: +18 passed, 18 total$/m);
  expect(outcome.output).not.toMatch(/open handle|did not exit/);
  expect(outcome.code).toBe(0);
}, 240_000);
