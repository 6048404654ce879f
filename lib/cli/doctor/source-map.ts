import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What a source map says of itself. */
export interface SourceMap {
  /** Lines of the built file that it maps. */
  readonly lines: number;
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
    return parse(JSON.parse(text) as Record<string, unknown>);
  } catch {
    return undefined; // missing, or not a source map
  }
}

function parse(map: Record<string, unknown>): SourceMap | undefined {
  const { mappings, sources, sourcesContent, sourceRoot = '', debugId, debug_id: older } = map;
  if (typeof mappings !== 'string' || !Array.isArray(sources)) return undefined;
  const contents = Array.isArray(sourcesContent) ? (sourcesContent as unknown[]) : [];
  const id = debugId ?? older;
  return {
    // A map may end before the last lines, but not after them.
    lines: mappings.replace(/;+$/, '').split(';').length,
    ...(typeof id === 'string' && { debugId: id }),
    sources: (sources as unknown[]).flatMap((path, index) => {
      const content = contents[index];
      return typeof path === 'string'
        ? [{ path: `${String(sourceRoot)}${path}`, ...(typeof content === 'string' && { content }) }]
        : [];
    }),
  };
}
