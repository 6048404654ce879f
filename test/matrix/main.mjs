// `npm run test:matrix`: what the README says to be supported, as applications meet it. Packs this library, installs the
// tarball in fresh projects of each dependency set and kind of modules, compiles an application there, and starts it on
// each Node, platform and way to start Sentry. Ends with `N passed, N failed`, and writes the table in README.md.
//
//   MATRIX=short        each dependency set once, on the running Node, in the folders of the lanes where they have its
//                       packages; checks the rows of the table instead of writing it
//   ONLY=<expression>   only the applications whose line matches, for example 'Nest 12.*CommonJS.*Node 20'; no table
//   FOLDER=<path>       puts the projects there and leaves them, so that the next run does not install them again
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationCells, projectRows } from './cells.mjs';
import { Matrix } from './matrix.mjs';
import { packageManagers } from './package-managers.mjs';
import { checkTable, writeTable } from './readme-table.mjs';
import { Report } from './report.mjs';

const { MATRIX, ONLY, FOLDER } = process.env;
const isShort = MATRIX === 'short';
const isChosen = ({ title }) => new RegExp(ONLY ?? '').test(title);
const cells = applicationCells(isShort).filter(isChosen);
const folder = FOLDER ?? mkdtempSync(join(tmpdir(), 'matrix-'));
mkdirSync(folder, { recursive: true });
const report = new Report();
const matrix = new Matrix(folder, report);

try {
  await matrix.prepare(projectRows(cells), isShort);
  await matrix.compile(isShort);
  await matrix.run(cells);
  if (!isShort) await matrix.tryPackageManagers(packageManagers.filter(isChosen));
  if (!isShort && ONLY === undefined) await report.cell('README.md: the table', () => writeTable(matrix));
  else await report.cell('README.md: the rows of the table', checkTable);
} finally {
  matrix.removeTemporary();
  if (FOLDER === undefined) rmSync(folder, { recursive: true, force: true });
}
report.end();
