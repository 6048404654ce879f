import { spawnSync } from 'node:child_process';
import { laneFolder } from '../harness/app-process';

const code = `
  const { initSentry, TrackOperation } = require('nestjs-error-tracker');
  if (process.argv[1] === 'on') initSentry({ dsn: 'http://key@127.0.0.1:9/1', environment: 'test' });
  class Forgetful { async forget() { throw new Error('forgotten'); } }
  const method = Object.getOwnPropertyDescriptor(Forgetful.prototype, 'forget');
  Object.defineProperty(Forgetful.prototype, 'forget', TrackOperation()(Forgetful.prototype, 'forget', method));
  process.on('unhandledRejection', (error) => { console.log('unhandled: ' + error.message); process.exit(7); });
  const kept = process.argv[2] === 'kept' && Promise.reject(new Error('forgotten'));
  class Keeper { get() { return kept; } }
  const getter = Object.getOwnPropertyDescriptor(Keeper.prototype, 'get');
  Object.defineProperty(Keeper.prototype, 'get', TrackOperation()(Keeper.prototype, 'get', getter));
  if (kept) {
    const keeper = new Keeper();
    void keeper.get();
    void keeper.get();
  } else void new Forgetful().forget();
`;

// Jest handles unhandled rejections itself, so this needs its own process.
test.each([
  ['off', ''],
  ['on', ''],
  ['off', 'kept'],
  ['on', 'kept'],
])('with Sentry %s, an unhandled rejection %s remains unhandled', (state, kept) => {
  const cwd = laneFolder('11');
  const { status, stdout } = spawnSync(process.execPath, ['-e', code, state, kept], { cwd, encoding: 'utf8' });
  expect(stdout.trim()).toBe('unhandled: forgotten');
  expect(status).toBe(7);
});
