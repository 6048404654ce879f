import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolutionsOf } from './cells.mjs';
import { bareEnds, checkApplication } from './check-application.mjs';
import { checkEntries } from './check-entries.mjs';
import { pack } from './consumer-project.mjs';
import { nodeMajors, starts } from './dependency-sets.mjs';
import { installNodes } from './node-versions.mjs';
import { projectOf } from './package-managers.mjs';
import { freshProjects, projectsBesideLanes } from './projects.mjs';
import { inParallel } from './report.mjs';

/** As many as there are processors on the smallest machine of CI: each cell has deadlines. */
const AT_ONCE = 2;

/** The steps of the matrix; each reports the cells of its own. */
export class Matrix {
  #folder;
  #report;
  #projects = [];
  #nodes;
  #tarball;
  /** Ends without this library, by project, Node and platform. */
  #ends = new Map();
  /** Cells, with whether the SDK has made spans of guards where they were asked for. */
  components = [];
  /** Titles of projects that could not be installed or compiled. */
  #failedProjects = new Set();
  #failedRows = new Set();
  #ranRows = new Set();

  constructor(folder, report) {
    this.#folder = folder;
    this.#report = report;
  }

  /** Packs the library and installs the projects. */
  async prepare(rows, isShort) {
    this.#tarball = await pack(this.#folder);
    this.#nodes = await installNodes(isShort ? [ownMajor] : nodeMajors, join(this.#folder, 'nodes'));
    const make = isShort ? projectsBesideLanes : freshProjects;
    this.#projects = await make(rows, this.#folder, this.#tarball);
    await inParallel(this.#projects, AT_ONCE, ({ project, install }) =>
      this.#projectCell(project, 'npm install', install),
    );
  }

  async compile(isShort) {
    const pairs = this.#projects.flatMap(({ project }, at) =>
      resolutionsOf(isShort, at).map((resolution) => ({ project, resolution })),
    );
    await inParallel(pairs, AT_ONCE, ({ project, resolution }) =>
      this.#projectCell(project, `compiles with moduleResolution ${resolution}`, () => project.compile(resolution)),
    );
  }

  /** Starts the applications. */
  async run(cells) {
    const fresh = this.#projects.filter(({ isTemporary }) => !isTemporary);
    await inParallel(fresh, AT_ONCE, ({ project }) =>
      this.#projectCell(project, 'entry points without their packages', () => checkEntries(project, process.execPath)),
    );
    await inParallel(cells, AT_ONCE, async (cell) => {
      const { project } = this.#projects.find(({ project: { set, kind } }) => set === cell.set && kind === cell.kind);
      const row = rowOf(cell);
      this.#ranRows.add(row);
      const isFine = await this.#report.cell(cell.title, async () => {
        const { failures, hasComponents } = await this.#check(project, cell);
        this.components.push({ ...cell, hasComponents });
        return failures;
      });
      if (!isFine) this.#failedRows.add(row);
    });
  }

  /** The application installed by others than npm. */
  async tryPackageManagers(managers) {
    await inParallel(managers, AT_ONCE, async (manager) => {
      const project = projectOf(manager, this.#folder);
      await this.#report.cell(manager.title, async () => {
        await project.install(this.#tarball, manager.command);
        await project.compile('nodenext');
        const cell = { major: ownMajor, platform: 'Express', start: 'import' };
        const { failures } = await this.#check(project, cell);
        return [...(await checkEntries(project, process.execPath)), ...failures];
      });
    });
  }

  /** Whether a project and all its applications of one column of the table have passed. */
  hasPassed = (set, kind, major, platform) => {
    const row = rowOf({ set, kind, major, platform });
    const isFine = this.#ranRows.has(row) && !this.#failedRows.has(row);
    return isFine && !this.#failedProjects.has(`${set.name}, ${kind.name}`);
  };

  removeTemporary() {
    for (const { project, isTemporary } of this.#projects) {
      if (isTemporary) rmSync(project.folder, { recursive: true, force: true });
    }
  }

  /** What concerns all applications of a project. */
  async #projectCell(project, what, work) {
    const isFine = await this.#report.cell(`${project.title}: ${what}`, work);
    if (!isFine) this.#failedProjects.add(project.title);
  }

  async #check(project, { major, platform, start }) {
    const { main, flags, flagsWithOptions } = starts[start];
    const node = this.#nodes.get(major);
    const env = { PLATFORM: platform.toLowerCase(), START: start };
    const key = [project.folder, major, platform].join();
    if (!this.#ends.has(key)) this.#ends.set(key, bareEnds(project, { node, env }));
    return checkApplication(project, { main, flags, flagsWithOptions, node, env }, await this.#ends.get(key));
  }
}

const ownMajor = Number(process.versions.node.split('.')[0]);
const rowOf = ({ set, kind, major, platform }) => [set.name, kind.name, major, platform].join();
