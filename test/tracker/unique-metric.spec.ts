import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isFull, mainly } from '../harness/scale';

/** In a process of its own, as a client is made once. */
function uniqueOf(lane: string, key: string | undefined, release: string): string {
  const options = { dsn: 'http://key@127.0.0.1:9/1', environment: 'test', spool: false, release };
  const code = `
    const { initSentry, ErrorTracker } = require('nestjs-error-tracker');
    const scrubbing = { pseudonymKey: ${JSON.stringify(key)} };
    const client = initSentry({ ...${JSON.stringify(options)}, scrubbing });
    client.on('processMetric', (metric) => process.stdout.write(metric.attributes.unique.value ?? metric.attributes.unique));
    new ErrorTracker().metrics.unique('buyers', 'ann');
    process.exit(0);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '-e', code], {
    cwd: join(__dirname, '..', '..', '.lanes', lane),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^[0-9a-f]{16}$/);
  return stdout;
}

test.each(mainly('11'))('lane %s: unique hashes with the key of the pseudonyms', (lane) => {
  const digest = createHash('sha256').update('ann').digest('hex').slice(0, 16);
  const one = uniqueOf(lane, 'a key', '1');
  expect(one).not.toBe(digest);
  expect(uniqueOf(lane, 'a key', '2')).toBe(one);
  expect(uniqueOf(lane, 'another key', '1')).not.toBe(one);
  if (isFull) expect(uniqueOf(lane, undefined, '1')).not.toBe(uniqueOf(lane, undefined, '1'));
});
