import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolutions } from './dependency-sets.mjs';
import { runCommand } from './run-command.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = fileURLToPath(new URL('sources', import.meta.url));
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const NPM_INSTALL = ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'];

/** As the Nest CLI writes them: the declarations of Nest's platform need those of Express. */
const devDependencies = { '@types/node': manifest.devDependencies['@types/node'], '@types/express': '^5.0.0' };

/** @returns the tarball that `npm pack` makes */
export async function pack(folder) {
  const packed = await runCommand('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  return join(folder, JSON.parse(packed)[0].filename);
}

/** A project of an application, in a folder of its own. */
export class ConsumerProject {
  constructor(folder, set, kind) {
    this.folder = folder;
    this.set = set;
    this.kind = kind;
    this.title = `${set.name}, ${kind.name}`;
  }

  /** Installs what only this project needs: an outer folder has its dependencies. */
  async installTypes() {
    await this.#create({});
    const [command, ...args] = NPM_INSTALL;
    await runCommand(command, args, { cwd: this.folder });
  }

  /** Installs the tarball, without a flag that forces anything. */
  async install(tarball, [command, ...args] = NPM_INSTALL) {
    const dependencies = { ...this.set.dependencies, [manifest.name]: `file:${tarball}` };
    await this.#create({ dependencies });
    const target = join(this.folder, 'node_modules', manifest.name);
    // What an earlier run has installed only needs the new content of the tarball.
    if (existsSync(target)) await runCommand('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
    else await runCommand(command, args, { cwd: this.folder });
  }

  /** Compiles with the declarations of all packages checked. What runs was compiled last. */
  async compile(resolution) {
    this.output = join(this.folder, 'dist', resolution);
    await runCommand(process.execPath, [tsc, '-p', `tsconfig.${resolution}.json`], { cwd: this.folder });
  }

  async #create({ dependencies }) {
    await mkdir(this.folder, { recursive: true });
    await rm(join(this.folder, 'src'), { recursive: true, force: true });
    await cp(sources, join(this.folder, 'src'), { recursive: true });
    await this.#write('package.json', {
      name: 'consumer',
      private: true,
      type: this.kind.type,
      dependencies,
      devDependencies,
    });
    for (const resolution of resolutions) {
      await this.#write(`tsconfig.${resolution}.json`, {
        compilerOptions: this.#compilerOptions(resolution),
        include: ['src'],
      });
    }
  }

  #write(name, content) {
    return writeFile(join(this.folder, name), JSON.stringify(content, null, 2));
  }

  #compilerOptions(resolution) {
    return {
      module: this.#moduleOption(resolution),
      moduleResolution: resolution,
      target: 'ES2023',
      lib: ['ES2023'],
      rootDir: 'src',
      outDir: `dist/${resolution}`,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      types: ['node'],
      // For the declarations in an outer folder, too.
      paths: { express: ['./node_modules/@types/express/index.d.ts'] },
    };
  }

  #moduleOption(resolution) {
    if (resolution === 'bundler') return this.kind.type === 'module' ? 'esnext' : 'commonjs';
    // `node16` refuses to require the ES modules of Nest 12, as old versions of Node did.
    return resolution === 'node16' && this.set.nest === 12 ? 'node20' : resolution;
  }
}
