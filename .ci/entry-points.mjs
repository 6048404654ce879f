// The entry points of the package, as `exports` in package.json lists them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

export const entryPoints = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([path, target]) => ({
    /** What an application imports: `nestjs-error-tracker/init`. */
    specifier: `${manifest.name}${path.slice(1)}`,
    /** The name of its API report: `init`; `index` for the main entry point. */
    name: path === '.' ? 'index' : path.slice('./'.length),
    declarations: target.import.types,
    source: target.import.types.replace(/^\.\/dist\/esm\//, 'lib/').replace(/\.d\.ts$/, '.ts'),
  }));
