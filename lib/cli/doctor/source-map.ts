import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** What a source map says of itself. */
export interface SourceMap {
  /** The last column that it maps of each line of the built file; -1 for a line that it does not map. */
  readonly columns: readonly number[];
  /** The built file that it is for, if its own name is that of another one. */
  readonly otherFile?: string;
  readonly debugId?: string;
  readonly sources: readonly { readonly path: string; readonly content?: string }[];
}

const REFERENCE = /^\/\/[#@] ?sourceMappingURL=(\S+)[ \t]*$/gm;
const INLINE = /^data:application\/json;(?:charset=[\w-]+;)?base64,(.*)$/;

/** The map to which a built file refers, beside it or inside; undefined if there is none that can be read. */
export function readSourceMap(code: string, file: string): SourceMap | undefined {
  const reference = [...code.matchAll(REFERENCE)].at(-1)?.[1];
  if (reference === undefined) return undefined;
  try {
    const inline = INLINE.exec(reference)?.[1];
    const text =
      inline === undefined
        ? readFileSync(resolve(dirname(file), decodeURI(reference)), 'utf8')
        : Buffer.from(inline, 'base64').toString('utf8');
    return parse(JSON.parse(text) as Record<string, unknown>, inline === undefined ? basename(reference) : undefined);
  } catch {
    return undefined; // missing, or not a source map
  }
}

/** @param name - of the file that it is in */
function parse(map: Record<string, unknown>, name: string | undefined): SourceMap | undefined {
  const { file, mappings, sources, sourcesContent, sourceRoot = '', debugId, debug_id: older } = map;
  if (typeof mappings !== 'string' || !Array.isArray(sources)) return undefined;
  const contents = Array.isArray(sourcesContent) ? (sourcesContent as unknown[]) : [];
  const id = debugId ?? older;
  return {
    // A map may end before the last lines, but not after them.
    columns: mappings.replace(/;+$/, '').split(';').map(lastColumn),
    ...(typeof file === 'string' && name !== undefined && `${basename(file)}.map` !== name && { otherFile: file }),
    ...(typeof id === 'string' && { debugId: id }),
    sources: (sources as unknown[]).flatMap((path, index) => {
      const content = contents[index];
      return typeof path === 'string'
        ? [{ path: `${String(sourceRoot)}${path}`, ...(typeof content === 'string' && { content }) }]
        : [];
    }),
  };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The bit of a digit that says that another one follows, and what comes before it. */
const [MORE, VALUE] = [32, 31];

/**
 * The first number of each segment says by how much its column is greater than that of the segment before.
 *
 * @see https://tc39.es/ecma426/#sec-mappings
 */
function lastColumn(line: string): number {
  if (line === '') return -1;
  let column = 0;
  for (const segment of line.split(',')) {
    let [number, factor] = [0, 1];
    for (const digit of segment) {
      const value = DIGITS.indexOf(digit);
      number += (value & VALUE) * factor;
      factor *= MORE;
      if ((value & MORE) === 0) break;
    }
    column += number % 2 === 0 ? number / 2 : -(number - 1) / 2;
  }
  return column;
}
