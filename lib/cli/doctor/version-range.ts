import { satisfies as isIn } from 'semver';

/** Whether a version is in a range of package.json. A pre-release is, if it lies between the bounds: `11.0.0-rc.2`. */
export function satisfies(version: string, range: string): boolean {
  return isIn(version, range, { includePrerelease: true });
}
