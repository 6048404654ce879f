import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedFolder } from '../../delivery/spool/folders.js';
import { countFault, guarded } from '../../stats/stats.js';

/** Groups that are remembered; the one that was not seen for longest is forgotten. */
const MAX_GROUPS = 10_000;
/** A group that is seen all the time is written down this often, in milliseconds. */
const INTERVAL = 60_000;
const MAX_FILE_BYTES = 4 * 1_048_576;
const LINE = /^([0-9a-f]{16}) (\d{1,16})$/;

/**
 * When groups of errors were seen last, in memory and in a file to which each sighting is appended. A process reads the
 * file when it starts, and shortens it if it has grown.
 */
export class SeenGroups {
  /** In the order in which they were seen. */
  private readonly groups = new Map<string, number>();
  private readonly written = new Map<string, number>();
  private file: string | undefined;
  private lines: string[] = [];
  /** Lines that are being written: the process may end before they are. */
  private inFlight: string[] | undefined;

  constructor(private readonly now: () => number) {}

  /** @param directory - undefined to keep nothing on disk */
  open(directory: string | undefined, project: string): void {
    if (directory === undefined) return;
    guarded('alert-store', () => {
      const file = join(sharedFolder(directory, 'alerts'), `seen-${hash(project)}.txt`);
      this.read(file);
      this.file = file;
    });
  }

  /** @returns when it was seen before, in milliseconds */
  sight(group: string): number | undefined {
    const key = hash(group);
    const now = this.now();
    const before = this.groups.get(key);
    this.remember(key, now);
    if (now - (this.written.get(key) ?? -Infinity) >= INTERVAL || before === undefined) this.note(key, now);
    return before;
  }

  /** Writes what is not on disk yet, at once: the process may be about to end. */
  close(): void {
    const { file } = this;
    if (file === undefined) return;
    const latest = [...this.groups].filter(([key, time]) => time !== this.written.get(key));
    const lines = [...(this.inFlight ?? []), ...this.lines.splice(0), ...latest.map(([key, time]) => `${key} ${time}`)];
    if (lines.length === 0) return;
    guarded('alert-store', () => {
      appendFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    });
  }

  private remember(key: string, time: number): void {
    this.groups.delete(key);
    this.groups.set(key, time);
    if (this.groups.size <= MAX_GROUPS) return;
    const [oldest] = this.groups.keys();
    if (oldest === undefined) return;
    this.groups.delete(oldest);
    this.written.delete(oldest);
  }

  private note(key: string, time: number): void {
    this.written.set(key, time);
    if (this.file === undefined || this.lines.length >= MAX_GROUPS) return;
    this.lines.push(`${key} ${time}`);
    if (!this.inFlight) void this.write(this.file);
  }

  private async write(file: string): Promise<void> {
    try {
      while (this.lines.length > 0) {
        this.inFlight = this.lines.splice(0);
        await appendFile(file, `${this.inFlight.join('\n')}\n`, { mode: 0o600 });
      }
    } catch {
      countFault('alert-store');
    } finally {
      this.inFlight = undefined;
    }
  }

  private read(file: string): void {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_FILE_BYTES) shorten(file);
    let text = '';
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    // The process that wrote it last may have ended within a line.
    if (text !== '' && !text.endsWith('\n')) this.lines.push('');
    const found = new Map<string, number>();
    for (const line of text.split('\n')) {
      const [, key, time] = LINE.exec(line) ?? [];
      if (key !== undefined) found.set(key, Math.max(Number(time), found.get(key) ?? 0));
    }
    const now = this.now();
    for (const [key, time] of [...found].sort(([, one], [, other]) => one - other)) {
      this.remember(key, Math.min(time, now));
      this.written.set(key, time);
    }
  }
}

/** Keeps the latest lines. Another process that appends at this moment may lose a line: an error is new once more. */
function shorten(file: string): void {
  const latest = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, key] = LINE.exec(line) ?? [];
    if (key === undefined) continue;
    latest.delete(key);
    latest.set(key, line);
  }
  const kept = [...latest.values()].slice(-MAX_GROUPS);
  const copy = `${file}.${process.pid}`;
  writeFileSync(copy, `${kept.join('\n')}\n`, { mode: 0o600 });
  renameSync(copy, file);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
