import { spawnSync } from 'node:child_process';
import { laneFolder } from '../harness/app-process';

const code = `
  const { initSentry, TrackOperation } = require('nestjs-error-tracker');
  if (process.argv[1] === 'on') initSentry({ dsn: 'http://key@127.0.0.1:9/1', environment: 'test' });
  class Forgetful { async forget() { throw new Error('forgotten'); } }
  const method = Object.getOwnPropertyDescriptor(Forgetful.prototype, 'forget');
  Object.defineProperty(Forgetful.prototype, 'forget', TrackOperation()(Forgetful.prototype, 'forget', method));
  process.on('unhandledRejection', (error) => { console.log('unhandled: ' + error.message); process.exit(7); });
  void new Forgetful().forget();
`;

// Jest handles unhandled rejections itself, so this needs its own process.
test.each(['off', 'on'])('with Sentry %s, an unhandled rejection remains unhandled', (state) => {
  const cwd = laneFolder('11');
  const { status, stdout } = spawnSync(process.execPath, ['-e', code, state], { cwd, encoding: 'utf8' });
  expect(stdout.trim()).toBe('unhandled: forgotten');
  expect(status).toBe(7);
});
