// Puts what the compiler has emitted into few files: one per entry point, and the chunks that they share (chunks.mjs).
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { chunkOf } from './chunks.mjs';
import { checkChunks } from './check-chunks.mjs';
import { entryPoints } from './entry-points.mjs';

const isPackage = (id) => !/^[./]/.test(id);
const BEFORE_NEST = ['init', 'register'];
/**
 * What is started by itself, as CommonJS: the command, the preload of the processes that it starts, and what the Nest CLI
 * loads.
 */
const PROGRAMS = ['cli/main', 'cli/doctor/probe', 'schematics/nest-add'];

// An ES module has no `__filename`, a CommonJS module no `import.meta`, and an ES module that a bundler has turned into
// CommonJS an empty `import.meta`.
const THIS_FILE = {
  cjs: 'export const thisFile = __filename;',
  esm: [
    "import { fileURLToPath } from 'node:url';",
    'const { url } = import.meta;',
    'export const thisFile = url ? fileURLToPath(url) : __filename;',
  ].join('\n'),
};

/** The modules as the compiler has emitted them, with the maps to their sources. */
const emitted = (format) => ({
  name: 'emitted-modules',
  load(id) {
    if (id.endsWith('/this-file.js')) return THIS_FILE[format];
    if (!existsSync(`${id}.map`)) return null;
    return { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) };
  },
});

/** Keeps what an entry point says of itself. */
const packageDocumentation = {
  name: 'package-documentation',
  renderChunk(code, { facadeModuleId }) {
    const [comment] =
      /^\/\*\*(?:(?!\*\/)[^])*@packageDocumentation(?:(?!\*\/)[^])*\*\/\n/.exec(read(facadeModuleId)) ?? [];
    return comment ? { code: comment + code, map: null } : null;
  },
};
const read = (file) => (file ? readFileSync(file, 'utf8') : '');

/** Assigns modules to chunks, once it is known which modules the entries need that are loaded before Nest. */
function chunksOf(modules) {
  const pathOf = (id) => relative(modules, id).slice(0, -'.js'.length);
  const entries = BEFORE_NEST.map((name) => join(modules, `${name}.js`));
  let early;
  return (id, { getModuleInfo }) => {
    early ??= reachable(entries, getModuleInfo);
    return getModuleInfo(id).isEntry ? pathOf(id) : chunkOf(pathOf(id), early.has(id));
  };
}

function reachable(entries, getModuleInfo) {
  const found = new Set(entries);
  for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

function inputs(modules, extension, more = []) {
  const paths = [...entryPoints.map(({ source }) => source.replace(/^lib\/|\.ts$/g, '')), ...more];
  return Object.fromEntries(paths.map((path) => [path, join(modules, `${path}${extension}`)]));
}

/** A warning is a mistake: a circle of chunks, a module that is not found. */
function onwarn(warning) {
  if (warning.code === 'THIS_IS_UNDEFINED' || warning.code === 'EMPTY_BUNDLE') return; // a helper of the compiler; a reserved entry point
  throw new Error(warning.message);
}

const naming = (extension) => ({
  entryFileNames: `[name]${extension}`,
  chunkFileNames: `chunks/[name]${extension}`,
  hoistTransitiveImports: false,
  minifyInternalExports: false,
});

/**
 * @param modules - the folder of the emitted ES modules
 * @param format - `cjs` or `esm`
 * @param target - the folder of the files
 */
export async function bundleModules(modules, format, target) {
  const build = await rollup({
    input: inputs(modules, '.js', format === 'cjs' ? PROGRAMS : []),
    external: isPackage,
    plugins: [emitted(format), checkChunks(BEFORE_NEST)],
    onwarn,
  });
  await build.write({
    ...naming('.js'),
    dir: target,
    format,
    manualChunks: chunksOf(modules),
    sourcemap: true,
    sourcemapExcludeSources: true,
    esModule: true,
    exports: 'named',
    interop: 'auto',
    generatedCode: { constBindings: true },
  });
  await build.close();
}

/** The declarations are the same in both formats: one file per entry point, and one that they share. */
export async function bundleDeclarations(modules, targets) {
  const build = await rollup({
    input: inputs(modules, '.d.ts'),
    external: isPackage,
    plugins: [dts(), packageDocumentation],
    onwarn,
  });
  const isShared = (id) => !relative(modules, id).startsWith('integrations/');
  const manualChunks = (id, { getModuleInfo }) =>
    isShared(id) && !getModuleInfo(id).isEntry ? 'declarations' : undefined;
  for (const dir of targets) await build.write({ ...naming('.d.ts'), dir, format: 'es', manualChunks });
  await build.close();
}
