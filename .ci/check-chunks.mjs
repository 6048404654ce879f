// Fails the build if a bundle would differ from its modules in what an application sees: rollup keeps the names of classes,
// and chunks.mjs keeps apart what is loaded before Nest.
import { manifest } from './entry-points.mjs';

const optional = Object.keys(manifest.peerDependenciesMeta);
const isOf = (names) => (id) => names.some((name) => id === name || id.startsWith(`${name}/`));
const RENAMED = /\$\d+$/;

/** @param beforeNest - the names of the entries that load nothing of Nest */
export const checkChunks = (beforeNest) => ({
  name: 'check-chunks',
  generateBundle(_options, bundle) {
    for (const { name, isEntry, fileName, code } of Object.values(bundle)) {
      if (code === undefined) continue;
      for (const renamed of classNames(this.parse(code)).filter((className) => RENAMED.test(className)))
        this.error(`${fileName}: a class is renamed to ${renamed}. Names of classes differ within a chunk`);
      if (!isEntry) continue;
      const packages = packagesOf(fileName, bundle);
      const refused = packages.filter(isOf(beforeNest.includes(name) ? [...optional, '@nestjs'] : optional));
      if (refused.length > 0) this.error(`${fileName} loads ${refused.join(', ')}`);
    }
  },
});

function packagesOf(entry, bundle) {
  const files = new Set([entry]);
  for (const file of files) for (const next of bundle[file]?.imports ?? []) files.add(next);
  return [...files].filter((file) => !(file in bundle));
}

function classNames(node) {
  if (typeof node !== 'object' || node === null) return [];
  const own = /^Class(Declaration|Expression)$/.test(node.type) && node.id ? [node.id.name] : [];
  return [...own, ...Object.values(node).flatMap(classNames)];
}
