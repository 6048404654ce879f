// Compiles a consumer of every entry point, as an ES module and as CommonJS, against an unpacked tarball. Declaration
// files are checked too: one that names a type which `stripInternal` has removed fails here, not in an application.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { entryPoints, manifest, root } from './entry-points.mjs';

const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  esModuleInterop: true,
  experimentalDecorators: true,
  types: ['node'],
  noEmit: true,
};

export function checkConsumers(tarball) {
  // Below the root, so that the packages beside which an application installs this one are found.
  const folder = mkdtempSync(join(root, '.build-consumers-'));
  try {
    const target = join(folder, 'node_modules', manifest.name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
    for (const { name, specifier } of entryPoints) {
      const source = `import * as entry from '${specifier}';\nexport const exported: object = entry;\n`;
      for (const extension of ['mts', 'cts']) writeFileSync(join(folder, `${name}.${extension}`), source);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts', '*.cts'] }));
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', folder], { cwd: root, stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
