/** A package from which a file was loaded. */
export interface LoadedPackage {
  readonly name: string;
  readonly folder: string;
}

const LAST_PACKAGE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** @param file - a path; undefined is returned for a file of the application itself */
export function packageOf(file: string): LoadedPackage | undefined {
  const [, folder, name] = LAST_PACKAGE.exec(file.replaceAll('\\', '/')) ?? [];
  return folder !== undefined && name !== undefined ? { name, folder } : undefined;
}
