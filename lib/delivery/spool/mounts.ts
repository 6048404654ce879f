import { readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** File systems of the kernel itself or of a local disk: they answer or fail. All others may wait for a server forever. */
const LOCAL = new Set(
  (
    'ext2 ext3 ext4 xfs btrfs zfs f2fs jfs reiserfs nilfs2 bcachefs ubifs vfat msdos exfat ntfs3 hfsplus iso9660 udf ' +
    'squashfs erofs cramfs overlay aufs tmpfs ramfs rootfs devtmpfs devpts mqueue hugetlbfs proc sysfs cgroup cgroup2 ' +
    'securityfs debugfs tracefs configfs pstore efivarfs bpf binfmt_misc fusectl nsfs'
  ).split(' '),
);
const MOST_LINKS = 40;

/** A mounted file system. */
interface Mount {
  readonly point: string;
  readonly type: string;
}

/**
 * Whether access to a folder may never return, because it is on a network or in user space. Found out without touching
 * such a file system; false where the system does not list what is mounted.
 *
 * @param list - the content of `/proc/self/mountinfo`
 */
export function mayHang(directory: string, list = readMounts()): boolean {
  const mounts = parseMounts(list);
  if (mounts.length === 0) return false;
  let parts = resolve(directory).split(sep);
  let path = '/';
  for (let links = 0; parts.length > 0 && links < MOST_LINKS;) {
    const [part = '', ...rest] = parts;
    const next = join(path, part);
    if (!LOCAL.has(typeOf(next, mounts))) return true;
    const target = linkOf(next);
    if (target === undefined) {
      path = next;
      parts = rest;
    } else {
      links++;
      parts = [...resolve(dirname(next), target).split(sep), ...rest];
      path = '/';
    }
  }
  return false;
}

function readMounts(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return ''; // not Linux
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function parseMounts(list: string): Mount[] {
  return list.split('\n').flatMap((line) => {
    const [, , , , point] = line.split(' ', 5);
    const type = / - (\S+) /.exec(line)?.[1];
    if (point === undefined || type === undefined) return [];
    return [{ point: point.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))), type }];
  });
}

/** The type of the file system that holds a path; of several at one point, the last one covers the others. */
function typeOf(path: string, mounts: readonly Mount[]): string {
  let found: Mount = { point: '', type: '' };
  for (const mount of mounts) {
    const { point } = mount;
    const holds = path === point || path.startsWith(point === '/' ? point : `${point}/`);
    if (holds && point.length >= found.point.length) found = mount;
  }
  return found.type;
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // not a link, or not there yet
  }
}
