// Builds the package twice from the same sources: CommonJS for `require`, ES modules for `import`, each with types.
// What stands in dist/ is replaced only once both are complete.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const target = mkdtempSync(`${root}.build-`);

try {
  for (const format of ['cjs', 'esm']) {
    const args = [tsc, '-p', `${root}lib/tsconfig.${format}.json`, '--outDir', `${target}/${format}`];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`the ${format} build failed`);
    const type = format === 'cjs' ? 'commonjs' : 'module';
    writeFileSync(`${target}/${format}/package.json`, `${JSON.stringify({ type })}\n`);
  }
  // An ES module has no `__filename`, a CommonJS module no `import.meta`, and an ES module that a bundler has turned into
  // CommonJS an empty `import.meta`.
  writeFileSync(
    `${target}/esm/optional-dependencies/this-file.js`,
    [
      "import { fileURLToPath } from 'node:url';",
      'const { url } = import.meta;',
      'export const thisFile = url ? fileURLToPath(url) : __filename;',
      '',
    ].join('\n'),
  );
  chmodSync(`${target}/cjs/cli/main.js`, 0o755);
  chmodSync(target, 0o755);
  rmSync(`${root}dist`, { recursive: true, force: true });
  renameSync(target, `${root}dist`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(target, { recursive: true, force: true });
}
