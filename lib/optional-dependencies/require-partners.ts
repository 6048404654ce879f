import { createRequire } from 'node:module';
import { isBundled } from './load-optional.js';
import { thisFile } from './this-file.js';

/**
 * Called by a partner entry when it is loaded.
 *
 * @throws Error - if one of the packages is not installed; the message names the command that installs them
 */
export function requirePartners(entry: string, packages: readonly string[]): void {
  // A bundle contains what it needs.
  if (isBundled || packages.every(isThere)) return;
  throw new Error(`nestjs-error-tracker/${entry} needs ${packages.join(' and ')}: npm install ${packages.join(' ')}`);
}

/**
 * Like {@link requirePartners}, for an entry that needs one of several packages.
 *
 * @throws Error - if none of them is installed
 */
export function requireOnePartner(entry: string, packages: readonly string[]): void {
  if (isBundled || packages.some(isThere)) return;
  const [first = ''] = packages;
  throw new Error(`nestjs-error-tracker/${entry} needs ${packages.join(' or ')}: npm install ${first}`);
}

function isThere(name: string): boolean {
  try {
    createRequire(thisFile).resolve(name);
    return true;
  } catch (error) {
    // A package for `import` only cannot be resolved from here, but is installed.
    return (error as { code?: unknown }).code !== 'MODULE_NOT_FOUND';
  }
}
