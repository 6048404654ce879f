import { constants, realpathSync, statSync } from 'node:fs';
import { open, readFile, realpath } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';

/** A text file of the project, as it was when it was read. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** A bundle and its source map may be large; anything above that is left alone. */
const MAX_BYTES = 8 * 1024 * 1024;
/** What a stack frame or a source map may name: an event cannot make the inbox read a key or a `.env` file. */
const READABLE = new Set(['.js', '.cjs', '.mjs', '.jsx', '.ts', '.cts', '.mts', '.tsx', '.map']);
const MAX_KEPT_CHARACTERS = 32_000_000;

/**
 * Reads source files below one folder. Nothing outside of it is opened: a path with a symbolic link in it is refused, and
 * so are files that are not code.
 */
export class ProjectFiles {
  /** Without symbolic links. */
  readonly folder: string;
  private readonly kept = new Map<string, ProjectFile>();
  private keptCharacters = 0;
  private package?: Promise<unknown>;

  private readonly namedFolder: string;

  /** @throws {Error} if the folder does not exist */
  constructor(folder: string) {
    this.namedFolder = resolve(folder);
    try {
      this.folder = realpathSync(this.namedFolder);
    } catch (error) {
      throw new Error(`the project folder ${folder} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }

  /** The absolute path of a file that may be read; undefined for any other. Touches no file. */
  locate(path: string): string | undefined {
    if (path.includes('\0')) return undefined;
    let absolute = resolve(this.folder, path);
    const inNamed = below(this.namedFolder, absolute);
    if (inNamed !== undefined) absolute = join(this.folder, inNamed); // the folder itself may be reached through a link
    return below(this.folder, absolute) !== undefined && READABLE.has(extname(absolute).toLowerCase())
      ? absolute
      : undefined;
  }

  /** The path from the folder of the project, with forward slashes. */
  nameOf(path: string): string {
    return relative(this.folder, path).split(sep).join('/');
  }

  /** The name in the `package.json` of the folder. */
  packageName(): Promise<unknown> {
    this.package ??= readFile(join(this.folder, 'package.json'), 'utf8').then(
      (text) => (JSON.parse(text) as { name?: unknown }).name,
    );
    return this.package.catch(() => undefined);
  }

  /** The file; undefined if it may not or cannot be read. */
  async read(path: string): Promise<ProjectFile | undefined> {
    const located = this.locate(path);
    if (located === undefined) return undefined;
    try {
      return await this.readLocated(located);
    } catch {
      return undefined; // missing, or not allowed
    }
  }

  private async readLocated(path: string): Promise<ProjectFile | undefined> {
    if ((await realpath(path)) !== path) return undefined;
    // Neither follows a link that has just been made, nor waits for the writer of a pipe.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants; // the latter are missing on Windows, and count as 0
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > MAX_BYTES) return undefined;
      const { size, mtimeMs } = stat;
      const known = this.kept.get(path);
      if (known?.modifiedAt === mtimeMs) return known;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
      return this.keep({ path, text: buffer.toString('utf8', 0, bytesRead), modifiedAt: mtimeMs });
    } finally {
      await file.close();
    }
  }

  private keep(file: ProjectFile): ProjectFile {
    this.drop(file.path);
    this.kept.set(file.path, file);
    this.keptCharacters += file.text.length;
    for (const path of this.kept.keys()) {
      if (this.keptCharacters <= MAX_KEPT_CHARACTERS) break;
      this.drop(path);
    }
    return file;
  }

  private drop(path: string): void {
    this.keptCharacters -= this.kept.get(path)?.text.length ?? 0;
    this.kept.delete(path);
  }
}

/** The nearest folder with a `package.json`, from this one upwards; undefined if there is none. */
export function projectFolderOf(folder: string): string | undefined {
  if (statSync(join(folder, 'package.json'), { throwIfNoEntry: false })?.isFile() === true) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFolderOf(parent);
}

/** The path within a folder; undefined if it is not below it. */
function below(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
