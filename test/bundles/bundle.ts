import { build } from 'esbuild';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import webpack from 'webpack';
import type { Lane } from '../harness/app-process';

const lanes = join(__dirname, '..', '..', '.lanes');

/** What Nest loads only where it is used. */
const UNUSED = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@grpc/*',
  '@apollo/gateway',
  '@apollo/subgraph*',
  'ts-morph',
  'kafkajs',
  'mqtt',
  'class-validator',
  'class-transformer',
];

/** How an application is bundled: everything in one file, or with its packages beside it, as Nest and Nx do. */
export type Bundler =
  | 'esbuild'
  | 'esbuild, minified'
  | 'esbuild, modules as CommonJS'
  | 'webpack'
  | 'webpack, minified'
  | 'webpack, modules as CommonJS'
  | 'webpack, packages outside';

/**
 * Puts a test application and all that it uses into one file, as an application is deployed, beside a `node_modules`
 * that has another copy of it.
 *
 * @returns the name of the file, as `main` of `spawnApp`
 */
export async function bundleApp(lane: Lane, app: string, bundler: Bundler): Promise<string> {
  const folder = join(lanes, lane, 'apps', app);
  const name = bundler.replaceAll(/\W+/g, '-');
  const output = join(folder, name);
  await mkdir(output, { recursive: true });
  await writeFile(join(output, 'package.json'), JSON.stringify({ type: isModule(lane) ? 'module' : 'commonjs' }));
  const bundle = bundler.startsWith('esbuild') ? withEsbuild : withWebpack;
  const source = bundler.endsWith(AS_COMMONJS) ? await asModules(lane, app) : folder;
  await bundle(lane, join(source, 'main.js'), output, bundler);
  return `${name}/main`;
}

const AS_COMMONJS = 'modules as CommonJS';

/** The application as ES modules, which import the packages of another lane. */
async function asModules(lane: Lane, app: string): Promise<string> {
  const [from, to] = [join(lanes, '12', 'apps'), join(lanes, lane, 'modules')];
  for (const folder of [app, 'shared']) await cp(join(from, folder), join(to, folder), { recursive: true });
  await writeFile(join(to, 'package.json'), JSON.stringify({ type: 'module' }));
  return join(to, app);
}

/** Whether the bundle is an ES module, as the applications of lane 12 are. */
function isModule(lane: Lane): boolean {
  return lane === '12';
}

async function withEsbuild(lane: Lane, entry: string, output: string, bundler: Bundler): Promise<void> {
  const asModule = isModule(lane);
  await build({
    entryPoints: [entry],
    outfile: join(output, 'main.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: asModule ? 'esm' : 'cjs',
    logLevel: 'error',
    external: UNUSED,
    minify: bundler.endsWith('minified'),
    // What a bundle of ES modules needs for the CommonJS packages in it.
    ...(asModule && {
      banner: {
        js: [
          "import { createRequire as makeRequire } from 'node:module';",
          "import { fileURLToPath as toPath } from 'node:url';",
          'const require = makeRequire(import.meta.url);',
          'const __filename = toPath(import.meta.url);',
          "const __dirname = toPath(new URL('.', import.meta.url));",
        ].join('\n'),
      },
    }),
  });
}

async function withWebpack(lane: Lane, entry: string, output: string, bundler: Bundler): Promise<void> {
  const asModules = isModule(lane);
  const outside = ({ request = '' }: { request?: string }) =>
    Promise.resolve(/^[./]/.test(request) ? undefined : `${asModules ? 'module' : 'commonjs'} ${request}`);
  const compiler = webpack({
    mode: bundler.endsWith('minified') ? 'production' : 'none',
    target: 'node20',
    entry,
    output: {
      path: output,
      filename: 'main.js',
      ...(asModules && { module: true, library: { type: 'module' as const } }),
    },
    ...(asModules && { experiments: { outputModule: true } }),
    ...(bundler.endsWith('outside') && { externals: [outside] }),
    plugins: [new webpack.IgnorePlugin({ checkResource: isUnused })],
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else
        compiler.close(() => {
          resolve();
        });
    });
  });
}

function isUnused(request: string): boolean {
  return UNUSED.some((name) => (name.endsWith('*') ? request.startsWith(name.slice(0, -1)) : request.startsWith(name)));
}
