import { join } from 'node:path';
import { ConsumerProject } from './consumer-project.mjs';
import { dependencySets, kinds } from './dependency-sets.mjs';

/** The other package managers, each with one set and kind: pnpm's folders are strict, those of yarn flat like npm's. */
export const packageManagers = [
  { name: 'pnpm', command: ['npx', '--yes', 'pnpm@10', 'install'], set: dependencySets[2], kind: kinds[1] },
  {
    name: 'yarn',
    // On Node 20, it refuses what Fastify needs in its newest version (cookie 2); npm selects the version before.
    command: ['npx', '--yes', 'yarn@1', 'install', '--no-progress', '--cache-folder', '.cache', '--ignore-engines'],
    set: dependencySets[0],
    kind: kinds[0],
  },
].map((manager) => ({ ...manager, title: `${manager.set.name}, ${manager.kind.name}: ${manager.name}` }));

export function projectOf({ name, set, kind }, folder) {
  return new ConsumerProject(join(folder, `by-${name}`), set, kind);
}
