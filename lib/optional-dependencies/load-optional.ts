import { createRequire } from 'node:module';
import { thisFile } from './this-file.js';

const requireFromHere = createRequire(thisFile);

/**
 * Loads a package that may not be installed.
 *
 * @returns its exports, or undefined where it is not installed
 * @throws what the package throws while it is loaded
 */
export function loadOptional<T>(name: string): T | undefined {
  try {
    requireFromHere.resolve(name);
  } catch {
    return undefined; // not installed, which is what an optional partner may be
  }
  return requireFromHere(name) as T;
}

/** The files of all CommonJS modules that this process has loaded. */
export function loadedFiles(): string[] {
  return Object.keys(requireFromHere.cache);
}
