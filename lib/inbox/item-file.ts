import { createReadStream } from 'node:fs';
import { appendFile, rename, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseStoredItem, type StoredItem } from './inbox-item.js';
import { type ItemStore } from './item-store.js';

/** The file is rewritten once it is this many times as long as what the store held at the last rewrite. */
const GROWTH = 2;
/** Below this many bytes the file is never rewritten: it would cost more than it saves. */
const SMALL_BYTES = 64 * 1024;

/**
 * The items of a store on disk, one line of JSON each, so that an inbox survives its restart.
 *
 * Lines are appended one write after the other and never block a request. When the file has doubled it is
 * written anew beside itself, with what the store still holds, and renamed: a crash leaves one whole file.
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
   * Reads what an earlier inbox left into the store. A truncated last line is passed over.
   *
   * @throws {Error} where the file cannot be read or written, or holds something else than an inbox's items.
   */
  async load(): Promise<void> {
    try {
      const intact = await this.readLines();
      this.bytes = await sizeOf(this.path);
      this.bytesAfterRewrite = this.store.all().reduce((sum, item) => sum + Buffer.byteLength(item.json) + 1, 0);
      // Also where nothing needs mending, one write now tells whether the file can be written at all.
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
      if (lines === '') return; // an earlier write took them along
      await appendFile(this.path, lines, { mode: 0o600 });
      this.bytes += Buffer.byteLength(lines);
      if (this.hasOutgrown()) await this.rewrite();
    });
  }

  clear(): void {
    this.waiting = [];
    this.enqueue(() => this.rewrite());
  }

  /** Settles when everything that was appended is on disk. */
  settled(): Promise<void> {
    return this.work;
  }

  /** Whether the file is as an inbox writes it; one that does not exist yet is. */
  private async readLines(): Promise<boolean> {
    if ((await sizeOf(this.path)) === 0) return true;
    let intact = true;
    let isFirst = true;
    const lines = createInterface({ input: createReadStream(this.path, 'utf8'), crlfDelay: Infinity });
    for await (const line of lines) {
      const item = parseStoredItem(line);
      if (isFirst && item === undefined && !line.startsWith('{"id":')) {
        // Appending to it, or worse writing it anew, would destroy what is somebody else's.
        throw new Error(`${this.path} holds no inbox items; name another file, or move this one away`);
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
    this.waiting = []; // what waits is in the store, and so in these lines; what comes from here on is not
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
