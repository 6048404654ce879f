import { createRequire } from 'node:module';
import { thisFile } from './this-file.js';

const requireFromHere = createRequire(thisFile);

/**
 * Loads a package that may not be installed.
 *
 * @returns its exports, or undefined if it is not installed
 * @throws whatever the package throws while it loads
 */
export function loadOptional<T>(name: string): T | undefined {
  try {
    requireFromHere.resolve(name);
  } catch {
    return undefined; // not installed, as an optional dependency may be
  }
  return requireFromHere(name) as T;
}

/** The files of all CommonJS modules loaded in this process. */
export function loadedFiles(): string[] {
  return Object.keys(requireFromHere.cache);
}
