import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { temporaryFolder } from './delivery-app';

/** What only root may do; where that is not allowed, the tests over it are left out, loudly. */
export function canRun(what: string, ...command: [string, ...string[]]): boolean {
  const [program, ...rest] = command;
  if (spawnSync(program, rest, { stdio: 'ignore' }).status === 0) return true;
  process.stderr.write(`\nLEFT OUT: the tests over ${what}, because \`${command.join(' ')}\` is not allowed here\n`);
  return false;
}

const mounted: string[] = [];
const servers: ChildProcess[] = [];

/** A disk of its own. */
export function mountDisk(size: string): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  mounted.push(folder);
  return folder;
}

export function makeReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}

export function growDisk(folder: string, size: string): void {
  execFileSync('mount', ['-o', `remount,size=${size}`, folder]);
}

/** A FUSE file system whose process never answers; `mount` itself does not ask it. */
export function hangingFolder(): string {
  const folder = temporaryFolder();
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0';
  const script = `exec 3<>/dev/fuse && mount -i -t fuse -o ${options} hangs "$1" && echo mounted && exec sleep 600`;
  const server = spawn('sh', ['-c', script, 'sh', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  servers.push(server);
  mounted.push(folder);
  // Not with the event loop, so that it can be used while tests are defined.
  execFileSync('sh', [
    '-c',
    `for i in $(seq 100); do grep -q "$1" /proc/self/mountinfo && exit 0; sleep 0.1; done; exit 1`,
    'sh',
    folder,
  ]);
  return folder;
}

export const canHang = (): boolean =>
  canRun(
    'file systems that hang',
    'sh',
    '-c',
    'd=$(mktemp -d) && exec 3<>/dev/fuse && mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 x "$d" && umount -l "$d" && rmdir "$d"',
  );

export function unmountAll(): void {
  for (const server of servers.splice(0)) server.kill('SIGKILL');
  for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder]);
}

export const canMount = (): boolean =>
  canRun('real disks', 'sh', '-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d" && umount "$d" && rmdir "$d"');
