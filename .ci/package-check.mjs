// Checks what is published: publint on the manifest, arethetypeswrong on the types, consumers of every entry point, and
// that the tarball holds what it should and nothing else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConsumers } from './check-consumers.mjs';
import { root } from './entry-points.mjs';

const MAX_FILES = 200;
const folder = mkdtempSync(join(tmpdir(), 'package-check-'));
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

try {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, files }] = JSON.parse(packed);
  const expected = /^(dist\/(cjs|esm)\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
  const stray = files.map(({ path }) => path).filter((path) => !expected.test(path));
  if (stray.length > 0) throw new Error(`the tarball holds what it should not: ${stray.join(', ')}`);
  // A file costs a fifth of a millisecond at each start.
  if (files.length > MAX_FILES) throw new Error(`the tarball holds ${files.length} files, more than ${MAX_FILES}`);
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (/"resolved":/.test(lock)) throw new Error('package-lock.json names a registry: see .npmrc');
  run('npx', ['publint', '--strict', join(folder, filename)]);
  run('npx', ['attw', join(folder, filename)]);
  checkConsumers(join(folder, filename));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
