import { createRequire } from 'node:module';
import { thisFile } from './this-file.js';

const requireFromHere = createRequire(thisFile);

/** Whether this package is part of a bundle. */
export const isBundled = !/[\\/]this-file\.[jt]s$/.test(thisFile);

/**
 * Loads a package that may not be installed, or one file of it.
 *
 * @returns its exports; undefined if it is not installed or has no such file
 * @throws what the package throws while it is loaded
 */
export function loadOptional<T>(name: string): T | undefined {
  return isInstalled(name) ? (requireFromHere(name) as T) : undefined;
}

/** Whether a package, or one file of it, can be found from here. */
export function isInstalled(name: string): boolean {
  try {
    requireFromHere.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** The files of all CommonJS modules loaded in this process. */
export function loadedFiles(): string[] {
  return Object.keys(requireFromHere.cache);
}

/** The exports of the loaded CommonJS modules of packages. */
export function loadedModules(packages: readonly string[]): unknown[] {
  const names = packages.map((name) => name.replaceAll('/', String.raw`[\\/]`));
  const isOfPackages = new RegExp(String.raw`[\\/]node_modules[\\/](?:${names.join('|')})[\\/]`);
  return Object.entries(requireFromHere.cache)
    .filter(([file]) => isOfPackages.test(file))
    .map(([, module]) => module?.exports as unknown);
}
