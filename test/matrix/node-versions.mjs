import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

const own = Number(process.versions.node.split('.')[0]);

/** @returns the executable of each major version: the running one, and what the package `node` of npm brings */
export async function installNodes(majors, folder) {
  const others = majors.filter((major) => major !== own);
  const executable = (major) => join(folder, 'node_modules', `node-${major}`, 'bin', 'node');
  if (!others.every((major) => existsSync(executable(major)))) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const packages = others.map((major) => `node-${major}@npm:node@${major}`);
    await runCommand('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder });
  }
  return new Map(majors.map((major) => [major, major === own ? process.execPath : executable(major)]));
}
