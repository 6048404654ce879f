import { createReadStream } from 'node:fs';
import { appendFile, rename, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseStoredItem, type StoredItem } from './inbox-item.js';
import { type ItemStore } from './item-store.js';

/** The file is rewritten once it has grown by this factor since the last rewrite. */
const GROWTH = 2;
/** Below this size the file is not rewritten: it would cost more than it saves. */
const SMALL_BYTES = 64 * 1024;

/**
 * Stores the items of an inbox on disk, one line of JSON each, so that they survive a restart.
 *
 * Lines are appended sequentially and never block a request. When the file has doubled, the current items are written to
 * a new file that replaces it: a crash leaves one complete file.
 */
export class ItemFile {
  private work: Promise<void> = Promise.resolve();
  private waiting: string[] = [];
  private bytes = 0;
  private bytesAfterRewrite = 0;

  constructor(
    private readonly path: string,
    private readonly store: ItemStore,
    private readonly onFault: (message: string) => void,
  ) {}

  /**
   * Loads the items of an earlier run into the store. A truncated last line is skipped.
   *
   * @throws {Error} if the file cannot be read or written, or holds anything but inbox items
   */
  async load(): Promise<void> {
    try {
      const intact = await this.readLines();
      this.bytes = await sizeOf(this.path);
      this.bytesAfterRewrite = this.store.all().reduce((sum, item) => sum + Buffer.byteLength(item.json) + 1, 0);
      // If nothing needs repair, an empty write still checks that the file is writable.
      if (!intact || this.hasOutgrown()) await this.rewrite();
      else await appendFile(this.path, '', { mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      throw new Error(`the file ${this.path} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }

  append(items: readonly StoredItem[]): void {
    for (const item of items) this.waiting.push(`${item.json}\n`);
    this.enqueue(async () => {
      const lines = this.waiting.join('');
      this.waiting = [];
      if (lines === '') return; // already written
      await appendFile(this.path, lines, { mode: 0o600 });
      this.bytes += Buffer.byteLength(lines);
      if (this.hasOutgrown()) await this.rewrite();
    });
  }

  clear(): void {
    this.waiting = [];
    this.enqueue(() => this.rewrite());
  }

  /** Resolves when everything appended is on disk. */
  settled(): Promise<void> {
    return this.work;
  }

  /** Whether the file is intact; one that does not exist yet is. */
  private async readLines(): Promise<boolean> {
    if ((await sizeOf(this.path)) === 0) return true;
    let intact = true;
    let isFirst = true;
    const lines = createInterface({ input: createReadStream(this.path, 'utf8'), crlfDelay: Infinity });
    for await (const line of lines) {
      const item = parseStoredItem(line);
      if (isFirst && item === undefined && !line.startsWith('{"id":')) {
        // Appending to it or rewriting it would destroy someone else's data.
        throw new Error(`${this.path} is not an inbox file; use another file, or move this one away`);
      }
      isFirst = false;
      if (item === undefined) intact = false;
      else this.store.add(item);
    }
    return intact && (isFirst || (await endsWithNewline(this.path)));
  }

  private hasOutgrown(): boolean {
    return this.bytes > Math.max(SMALL_BYTES, GROWTH * this.bytesAfterRewrite);
  }

  private async rewrite(): Promise<void> {
    const lines = this.store.all().map((item) => `${item.json}\n`);
    this.waiting = []; // waiting lines are in the store, and so in these lines; later ones are not
    const temporary = `${this.path}.new`;
    await writeFile(temporary, lines.join(''), { mode: 0o600 });
    await rename(temporary, this.path);
    this.bytes = this.bytesAfterRewrite = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  }

  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch((error: unknown) => {
      this.onFault(`cannot write ${this.path}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function endsWithNewline(path: string): Promise<boolean> {
  const size = await sizeOf(path);
  if (size === 0) return true;
  const tail: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start: size - 1 })) tail.push(chunk as Buffer);
  return Buffer.concat(tail).toString() === '\n';
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
