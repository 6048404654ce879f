import { readFile } from 'node:fs/promises';
import { runCommand } from './run-command.mjs';

const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => `${manifest.name}${entry.slice(1)}`);

const program = `
  const load = async (specifier) => {
    const outcomes = [];
    const fails = (error) => outcomes.push(error.message);
    try { require(specifier); outcomes.push('loaded'); } catch (error) { fails(error); }
    await import(specifier).then(() => outcomes.push('loaded'), fails);
    return [specifier, outcomes];
  };
  Promise.all(${JSON.stringify(entries)}.map(load)).then((outcomes) => console.log(JSON.stringify(outcomes)));`;

/** Loads every entry point where no optional package is installed: it works, or names the packages to install. */
export async function checkEntries(project, node) {
  const output = await runCommand(node, ['--input-type=commonjs', '-e', program], { cwd: project.folder });
  return JSON.parse(output).flatMap(([specifier, outcomes]) =>
    outcomes
      .filter((outcome) => outcome !== 'loaded' && !outcome.startsWith(`${specifier} needs `))
      .map((outcome) => `${specifier}: ${outcome}`),
  );
}
