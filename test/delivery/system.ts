import { execFileSync, spawnSync } from 'node:child_process';
import { temporaryFolder } from './delivery-app';

/** What only root may do; where that is not allowed, the tests over it are left out, loudly. */
export function canRun(what: string, ...command: [string, ...string[]]): boolean {
  const [program, ...rest] = command;
  if (spawnSync(program, rest, { stdio: 'ignore' }).status === 0) return true;
  process.stderr.write(`\nLEFT OUT: the tests over ${what}, because \`${command.join(' ')}\` is not allowed here\n`);
  return false;
}

const mounted: string[] = [];

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

export function unmountAll(): void {
  for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder]);
}

export const canMount = (): boolean =>
  canRun('real disks', 'sh', '-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d" && umount "$d" && rmdir "$d"');
