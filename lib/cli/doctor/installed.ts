import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { thisFile } from '../../optional-dependencies/this-file.js';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

interface OwnManifest extends Manifest {
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package; the folders of its build have some without a name. */
export function ownManifest(): OwnManifest {
  for (let folder = dirname(thisFile); ; folder = dirname(folder)) {
    const found = manifestIn(folder);
    if (found?.name === 'nestjs-error-tracker') return found as OwnManifest;
    if (folder === dirname(folder)) throw new Error('package.json of nestjs-error-tracker is missing');
  }
}

/** The version of the package in a folder; undefined if there is none. */
export function versionIn(folder: string): string | undefined {
  return manifestIn(folder)?.version;
}

function manifestIn(folder: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : undefined;
}
