// Builds the package twice from the same sources: CommonJS for `require`, ES modules for `import`, each with types.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(`${root}dist`, { recursive: true, force: true });
for (const format of ['cjs', 'esm']) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', `${root}lib/tsconfig.${format}.json`], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(`${root}dist/${format}`, { recursive: true });
  const type = format === 'cjs' ? 'commonjs' : 'module';
  writeFileSync(`${root}dist/${format}/package.json`, `${JSON.stringify({ type })}\n`);
}
// An ES module has no `__filename`, a CommonJS module no `import.meta`: the one line that differs.
writeFileSync(
  `${root}dist/esm/partners/here.js`,
  "import { fileURLToPath } from 'node:url';\nexport const here = fileURLToPath(import.meta.url);\n",
);
const command = `${root}dist/cjs/cli/main.js`;
if (existsSync(command)) chmodSync(command, 0o755);
