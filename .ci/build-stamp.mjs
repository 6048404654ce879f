// Remembers from what dist/ was built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}node_modules/.cache/nestjs-error-tracker/build-stamp`;
const INPUTS = ['lib', '.ci', 'package.json', 'package-lock.json'];

function filesOf(path) {
  if (path.endsWith('.json')) return [join(root, path)];
  const entries = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Of everything that a build reads. */
export function stampOfInputs() {
  const sum = createHash('sha256').update(process.version);
  for (const path of INPUTS.flatMap(filesOf).sort()) sum.update(`${path}\0`).update(readFileSync(path));
  return sum.digest('hex');
}

export function isBuiltFrom(stamp) {
  return existsSync(`${root}dist/esm/index.js`) && existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

export function forgetStamp() {
  rmSync(file, { force: true });
}

export function keepStamp(stamp) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
