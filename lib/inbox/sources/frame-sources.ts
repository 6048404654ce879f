import { type ProjectFile, type ProjectFiles } from './project-files.js';
import { FileMap, type Origin } from './source-map.js';
import { isSentLine, sourceLines, type SourceLines } from './source-lines.js';
import { framesOfEvent, placeOfFrame, timeOfEvent, type FramePlace } from './stack-frame.js';

/** What the files of the project tell about a frame, with the names of Sentry's frames. */
export interface FrameSource extends Partial<SourceLines> {
  /** From the folder of the project, with forward slashes. */
  filename?: string;
  lineno?: number;
  colno?: number;
  /** The code that ran is of this library, whose own repository is the project. */
  library?: true;
  /** `compiled`: the file has changed since the event; `source`: it has been edited since it was compiled. */
  changed?: 'compiled' | 'source';
}

/** Frames of an event that are looked up: the innermost ones of each exception. */
const MAX_FRAMES = 60;
const LIBRARY = 'nestjs-error-tracker';

/** Finds the sources of stack frames, through the source maps that lie beside the files of the frames. */
export class FrameSources {
  private readonly maps = new Map<string, { file: ProjectFile; map: Promise<FileMap | undefined> }>();

  constructor(private readonly files: ProjectFiles) {}

  /** As many lists as the event has exceptions, each with an entry for each of its frames; null: nothing is known. */
  async ofEvent(payload: unknown): Promise<Array<Array<FrameSource | null>>> {
    let left = MAX_FRAMES;
    const found: Array<Array<FrameSource | null>> = [];
    for (const frames of framesOfEvent(payload)) {
      const sources = new Array<FrameSource | null>(frames.length).fill(null);
      for (let at = frames.length - 1; at >= 0 && left > 0; at--) {
        const place = placeOfFrame(frames[at]);
        if (place === undefined || this.files.locate(place.path) === undefined) continue;
        left--;
        sources[at] = (await this.ofPlace(place, timeOfEvent(payload))) ?? null;
      }
      found.push(sources);
    }
    return found;
  }

  private async ofPlace(place: FramePlace, at: number): Promise<FrameSource | undefined> {
    if (/(?:^|[\\/])node_modules[\\/]/.test(place.path)) return undefined;
    const file = await this.files.read(place.path);
    if (file === undefined) return undefined;
    if (await this.isOfLibrary(file)) return { library: true };
    const { sentLine } = place;
    const same = sentLine === undefined ? !(file.modifiedAt > at) : isSentLine(file.text, place.line, sentLine);
    if (!same) return { changed: 'compiled' };
    const origin = (await this.mapOf(file))?.originOf(place.line, place.column ?? indentOf(sentLine));
    if (origin !== undefined) return this.ofOrigin(origin, file);
    return { ...this.named(file.path, place.line, place.column), ...sourceLines(file.text, place.line) };
  }

  private async ofOrigin(origin: Origin, compiled: ProjectFile): Promise<FrameSource> {
    const path = origin.path === undefined ? undefined : this.files.locate(origin.path);
    const named = path === undefined
      ? { filename: origin.source.slice(0, 500), lineno: origin.line, colno: origin.column }
      : this.named(path, origin.line, origin.column); // prettier-ignore
    if (origin.content !== undefined) return { ...named, ...sourceLines(origin.content, origin.line) };
    const source = path === undefined ? undefined : await this.files.read(path);
    if (source === undefined) return named;
    const edited = source.modifiedAt > compiled.modifiedAt;
    return { ...named, ...sourceLines(source.text, origin.line), ...(edited && { changed: 'source' as const }) };
  }

  private named(path: string, line: number, column: number | undefined): FrameSource {
    return { filename: this.files.nameOf(path), lineno: line, ...(column !== undefined && { colno: column }) };
  }

  private mapOf(file: ProjectFile): Promise<FileMap | undefined> {
    const known = this.maps.get(file.path);
    if (known?.file === file) return known.map;
    const map = FileMap.of(file, this.files);
    this.maps.delete(file.path);
    this.maps.set(file.path, { file, map });
    for (const path of this.maps.keys()) {
      if (this.maps.size <= MAX_MAPS) break;
      this.maps.delete(path);
    }
    return map;
  }

  /** Whether a file is of the build of this library. */
  private async isOfLibrary(file: ProjectFile): Promise<boolean> {
    return /^dist\/(?:cjs|esm)\//.test(this.files.nameOf(file.path)) && (await this.files.packageName()) === LIBRARY;
  }
}

/** Source maps that are kept: each of a compiled file that events have named. */
const MAX_MAPS = 100;

/** The column of the first character of a line: the mappings of a line begin there. */
function indentOf(line: string | undefined): number {
  return (line?.search(/\S/) ?? 0) + 1;
}
