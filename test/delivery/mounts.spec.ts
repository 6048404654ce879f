import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { mayHang } from '../../lib/delivery/spool/mounts';
import { temporaryFolder } from './delivery-app';

const line = (point: string, type: string) => `36 35 98:0 / ${point} rw,noatime master:1 - ${type} source rw\n`;
const folder = temporaryFolder();
mkdirSync(join(folder, 'local', 'deep'), { recursive: true });
symlinkSync(join(folder, 'share'), join(folder, 'local', 'absolute'));
symlinkSync('../../share', join(folder, 'local', 'deep', 'relative'));
symlinkSync('loop', join(folder, 'local', 'loop'));
const mounts =
  line('/', 'ext4') +
  line('/proc', 'proc') +
  line(join(folder, 'share'), 'nfs4') +
  line(join(folder, 'share', 'disk'), 'xfs') +
  line(join(folder, 'with\\040space'), 'fuse.sshfs') +
  line(join(folder, 'covered'), 'cifs') +
  line(join(folder, 'covered'), 'tmpfs') +
  line(join(folder, 'automatic'), 'autofs') +
  line(join(folder, 'future'), 'newfs');

test.each<[string, boolean]>([
  ['local', false],
  ['local/not/there/yet', false],
  ['local/loop', false],
  ['share', true],
  ['share/below', true],
  ['share-not', false],
  ['share/disk', true], // its parent is on the share
  ['with space/below', true],
  ['covered/below', false],
  ['automatic', true],
  ['future', true],
  ['local/absolute/below', true],
  ['local/deep/relative', true],
])('%s: %s', (name, expected) => {
  expect(mayHang(join(folder, name), mounts)).toBe(expected);
});

test('nothing is known where nothing is listed', () => {
  expect(mayHang('/anywhere', '')).toBe(false);
  expect(mayHang('/anywhere', 'nonsense\n')).toBe(false);
});

test('the real system', () => {
  expect(mayHang('/proc/self')).toBe(false);
});
