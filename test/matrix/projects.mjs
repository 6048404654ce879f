import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsumerProject } from './consumer-project.mjs';
import { runCommand } from './run-command.mjs';

const lanes = fileURLToPath(new URL('../../.lanes', import.meta.url));
const prepare = fileURLToPath(new URL('../harness/prepare-lanes.mjs', import.meta.url));

/** Projects with an install of their own, below a folder outside of this repository. */
export function freshProjects(rows, folder, tarball) {
  return rows.map(([set, kind]) => {
    const name = `${set.name} ${kind.name}`.toLowerCase().replaceAll(/\W+/g, '-');
    const project = new ConsumerProject(join(folder, name), set, kind);
    return { project, install: () => project.install(tarball) };
  });
}

/** The same, but in the folder of a lane if it has these packages. */
export async function projectsBesideLanes(rows, folder, tarball) {
  await runCommand(process.execPath, [prepare]);
  return rows.map(([set, kind]) => {
    if (set.lane === undefined) return freshProjects([[set, kind]], folder, tarball)[0];
    const project = new ConsumerProject(mkdtempSync(join(lanes, set.lane, 'matrix-')), set, kind);
    return { project, install: () => project.installTypes(), isTemporary: true };
  });
}
