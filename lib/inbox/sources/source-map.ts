import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProjectFile, type ProjectFiles } from './project-files.js';

/** Where compiled code comes from: a place in one of the sources of a map. Lines and columns begin at 1. */
export interface Origin {
  /** As the map names it. */
  source: string;
  /** Its path, if the map names a file. */
  path: string | undefined;
  /** The text of the source, if the map contains it. */
  content: string | undefined;
  line: number;
  column: number;
}

const COMMENT = /\/[/*][#@]\s*sourceMappingURL=([^\s'"*]+)/g;
const INLINE = /^data:application\/json[^,]*;base64,/;
/** More than any bundle has. */
const MAX_SOURCES = 20_000;

/** The source map of a compiled file. */
export class FileMap {
  private constructor(
    private readonly map: SourceMap,
    private readonly folder: string,
    private readonly project: string,
  ) {}

  /** Reads the map that a compiled file names, or that lies beside it; undefined if there is none that can be read. */
  static async of(file: ProjectFile, files: ProjectFiles): Promise<FileMap | undefined> {
    const named = [...file.text.matchAll(COMMENT)].at(-1)?.[1];
    if (named !== undefined && INLINE.test(named)) {
      return FileMap.parse(Buffer.from(named.replace(INLINE, ''), 'base64').toString(), file.path, files);
    }
    const path = named === undefined ? `${file.path}.map` : besides(file.path, named);
    const found = path !== undefined ? await files.read(path) : undefined;
    return found && FileMap.parse(found.text, found.path, files);
  }

  private static parse(text: string, path: string, files: ProjectFiles): FileMap | undefined {
    try {
      // Some tools begin a map with a line that keeps it from being run as a script.
      const payload = JSON.parse(text.replace(/^\)\]\}[^\n]*\n/, '')) as SourceMapPayload;
      if (!Array.isArray(payload.sources) || payload.sources.length > MAX_SOURCES) return undefined;
      return new FileMap(new SourceMap(payload), dirname(path), files.folder);
    } catch {
      return undefined; // not a source map
    }
  }

  /** @returns undefined if nothing of this line comes from a source */
  originOf(line: number, column: number): Origin | undefined {
    const entry = this.entryAt(line - 1, column - 1);
    if (entry === undefined) return undefined;
    const { sources, sourcesContent, sourceRoot } = this.map.payload as Partial<SourceMapPayload>;
    const content: unknown = sourcesContent?.[sources?.indexOf(entry.originalSource) ?? -1];
    return {
      source: entry.originalSource,
      path: this.pathOf(entry.originalSource, typeof sourceRoot === 'string' ? sourceRoot : ''),
      content: typeof content === 'string' ? content : undefined,
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }

  private entryAt(line: number, column: number): SourceMapping | undefined {
    let entry: Partial<SourceMapping>;
    try {
      entry = this.map.findEntry(line, column);
    } catch {
      return undefined; // malformed mappings
    }
    const { originalSource, originalLine, originalColumn, generatedLine } = entry;
    const found =
      typeof originalSource === 'string' && Number.isInteger(originalLine) && Number.isInteger(originalColumn);
    return found && generatedLine === line ? (entry as SourceMapping) : undefined;
  }

  private pathOf(source: string, root: string): string | undefined {
    const bundled = /^webpack:\/\/[^/]*\/(?:\.\/)?(.*)$/.exec(source)?.[1];
    if (bundled !== undefined) return resolve(this.project, bundled);
    if (source.startsWith('file:')) return besides(this.folder, source);
    return /^[a-z][a-z\d+.-]+:/i.test(source) || /^[a-z][a-z\d+.-]+:/i.test(root)
      ? undefined
      : resolve(this.folder, root, source);
  }
}

/** The path of a URL or of a relative path in a file; undefined if it is neither. */
function besides(file: string, reference: string): string | undefined {
  try {
    if (reference.startsWith('file:')) return fileURLToPath(reference);
    return /^[a-z][a-z\d+.-]+:/i.test(reference) ? undefined : resolve(dirname(file), decodeURIComponent(reference));
  } catch {
    return undefined; // malformed
  }
}
