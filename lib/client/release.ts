import { getSentryRelease } from '@sentry/nestjs';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The release if neither an option nor a variable specifies one: from the variables of CI and hosting providers that
 * the SDK reads, else the commit of the git checkout, else `name@version` of the nearest package.json (of a scoped name,
 * `scope-name@version`).
 */
export function detectRelease(directory = process.cwd()): string | undefined {
  return getSentryRelease() ?? commitOf(directory) ?? packageVersion(directory);
}

function commitOf(directory: string): string | undefined {
  try {
    const output = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 1_000,
    });
    return output.trim() || undefined;
  } catch {
    return undefined; // no git or no checkout: package.json is next
  }
}

function packageVersion(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      // Sentry takes no slash: `@acme/shop` is acme-shop.
      if (name && version) return `${name.replace(/^@/, '').replaceAll('/', '-')}@${version}`;
    } catch {
      // missing or unreadable: the parent folder is next
    }
    if (folder === dirname(folder)) return undefined;
  }
}
