// Compiles the sources, and bundles what the compiler emits twice: CommonJS for `require`, ES modules for `import`, each
// with types. What stands in dist/ is replaced only once both are complete. With `--if-changed`, nothing is done if it was
// built from the same sources.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { forgetStamp, isBuiltFrom, keepStamp, stampOfInputs } from './build-stamp.mjs';
import { bundleDeclarations, bundleModules } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const formats = { cjs: 'commonjs', esm: 'module' };
const stamp = stampOfInputs();
if (process.argv.includes('--if-changed') && isBuiltFrom(stamp)) process.exit();
const target = mkdtempSync(`${root}.build-`);
// As deep as the folders of the package, so that paths to the sources are the same.
const modules = `${target}/modules`;

function compile(...flags) {
  const args = [tsc, '-p', `${root}lib/tsconfig.build.json`, '--outDir', modules, ...flags];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('the compiler found errors');
}

try {
  compile('--emitDeclarationOnly');
  compile('--declaration', 'false', '--removeComments', '--noCheck'); // the comments stand in the declarations
  for (const [format, type] of Object.entries(formats)) {
    await bundleModules(modules, format, `${target}/${format}`);
    writeFileSync(`${target}/${format}/package.json`, `${JSON.stringify({ type })}\n`);
  }
  await bundleDeclarations(
    modules,
    Object.keys(formats).map((format) => `${target}/${format}`),
  );
  chmodSync(`${target}/cjs/cli/main.js`, 0o755);
  copyFileSync(`${root}lib/schematics/collection.json`, `${target}/cjs/schematics/collection.json`);
  chmodSync(target, 0o755);
  rmSync(modules, { recursive: true });
  forgetStamp();
  rmSync(`${root}dist`, { recursive: true, force: true });
  renameSync(target, `${root}dist`);
  keepStamp(stamp);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(target, { recursive: true, force: true });
}
