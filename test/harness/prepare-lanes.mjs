// Installs the packed tarball next to each supported pair of Nest and Sentry (lanes.mjs), and compiles the test
// applications there: lane 11 as CommonJS, lane 12 as ES modules. Each step is skipped if its input has not changed.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lanes } from './lanes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lanesFolder = join(root, '.lanes');
const name = 'nestjs-error-tracker';
const startedAt = Date.now();
const say = (text) => process.stderr.write(`lanes: ${text}\n`);

// `npm test` passes its own project to child processes; a nested `npm install` would modify that project.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => !/^npm_(config_.*prefix|package_|lifecycle_|command$)/i.test(key)),
);
const run = async (command, args, cwd) =>
  (await promisify(execFile)(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e8 })).stdout;

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}
const hashFiles = (base, files) => hash(...files.flatMap((file) => [relative(base, file), readFileSync(file)]));

/** Runs a step unless it already ran with the same input in this folder. */
async function once(folder, step, stamp, work) {
  const file = join(folder, `.${step}-stamp`);
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return false;
  rmSync(file, { force: true }); // a step that is interrupted runs again
  await work();
  writeFileSync(file, stamp);
  return true;
}

/** What `npm pack` takes: see `files` in package.json. */
function packageStamp() {
  const dist = join(root, 'dist');
  if (!existsSync(dist)) throw new Error('there is no dist/. Run: npm run build');
  const others = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].map((file) => join(root, file));
  return hashFiles(root, [...filesBelow(dist), ...others]);
}

async function pack() {
  say('packing the tarball');
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', lanesFolder];
  const [{ filename }] = JSON.parse(await run('npm', args, root));
  return join(lanesFolder, filename);
}

/** @returns whether anything was installed */
async function install(lane, { type, dependencies }, stamp, packed) {
  const folder = join(lanesFolder, lane);
  const target = join(folder, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ private: true, type, dependencies }, null, 2);
  const { dependencies: own, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const around = hash(manifest, JSON.stringify({ own, peerDependencies }));

  const isInstalled = await once(folder, 'dependencies', around, async () => {
    say(`lane ${lane}: installing Nest ${lane}, its packages and the tarball; this takes a minute or two`);
    const tarball = await packed();
    writeFileSync(join(folder, 'package.json'), manifest);
    rmSync(target, { recursive: true, force: true });
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', '--no-save', ...quiet, tarball], folder);
    writeFileSync(join(folder, '.package-stamp'), stamp);
  });
  // With the same dependencies, only the content of the tarball has to be replaced.
  const isReplaced = await once(folder, 'package', stamp, async () => {
    say(`lane ${lane}: unpacking the new tarball`);
    const tarball = await packed();
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(target)) {
      // npm puts dependencies here whose version differs from the one that other packages need.
      if (name !== 'node_modules') rmSync(join(target, name), { recursive: true });
    }
    await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target], folder);
  });
  return isInstalled || isReplaced;
}

/** @returns whether anything was compiled */
function compileApps(lane, { type }) {
  const sources = join(root, 'test', 'apps');
  const target = join(lanesFolder, lane, 'apps');
  const files = filesBelow(sources).filter((file) => file.endsWith('.ts'));
  return once(join(lanesFolder, lane), 'apps', hash(type, hashFiles(sources, files)), async () => {
    say(`lane ${lane}: compiling the test applications`);
    const { default: ts } = await import('typescript');
    rmSync(target, { recursive: true, force: true });
    for (const file of files) {
      const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
        fileName: file,
        compilerOptions: {
          module: type === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
          target: ts.ScriptTarget.ES2022,
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
          esModuleInterop: true,
          useDefineForClassFields: false,
          inlineSourceMap: true,
        },
      });
      const compiled = join(target, relative(sources, file).replace(/\.ts$/, '.js'));
      mkdirSync(dirname(compiled), { recursive: true });
      writeFileSync(compiled, outputText);
    }
  });
}

try {
  mkdirSync(lanesFolder, { recursive: true });
  const stamp = packageStamp();
  let tarball;
  const packed = () => (tarball ??= pack());
  const changes = await Promise.all(
    Object.entries(lanes).map(async ([lane, details]) => {
      const isInstalled = await install(lane, details, stamp, packed);
      return (await compileApps(lane, details)) || isInstalled;
    }),
  );
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  say(`${changes.some(Boolean) ? 'ready' : 'nothing has changed'} (${seconds} s)`);
} catch (error) {
  say(`failed: ${error.stderr || error.message}`);
  process.exit(1);
}
