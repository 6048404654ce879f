import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import webpack from 'webpack';
import type { Lane } from '../harness/app-process';

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
export type Bundler = 'esbuild' | 'esbuild, minified' | 'webpack' | 'webpack, minified' | 'webpack, packages outside';

/**
 * Puts a test application and all that it uses into one file, as an application is deployed, beside a `node_modules`
 * that has another copy of it.
 *
 * @returns the name of the file, as `main` of `spawnApp`
 */
export async function bundleApp(lane: Lane, app: string, bundler: Bundler): Promise<string> {
  const folder = join(__dirname, '..', '..', '.lanes', lane, 'apps', app);
  const name = bundler.replaceAll(/\W+/g, '-');
  await mkdir(folder, { recursive: true });
  const bundle = bundler.startsWith('esbuild') ? withEsbuild : withWebpack;
  await bundle(lane, folder, name, bundler);
  return name;
}

async function withEsbuild(lane: Lane, folder: string, name: string, bundler: Bundler): Promise<void> {
  await build({
    entryPoints: [join(folder, 'main.js')],
    outfile: join(folder, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: lane === '12' ? 'esm' : 'cjs',
    logLevel: 'error',
    external: UNUSED,
    minify: bundler.endsWith('minified'),
    // What a bundle of ES modules needs for the CommonJS packages in it.
    ...(lane === '12' && {
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

async function withWebpack(lane: Lane, folder: string, name: string, bundler: Bundler): Promise<void> {
  const asModules = lane === '12';
  const outside = ({ request = '' }: { request?: string }) =>
    Promise.resolve(/^[./]/.test(request) ? undefined : `${asModules ? 'module' : 'commonjs'} ${request}`);
  const compiler = webpack({
    mode: bundler.endsWith('minified') ? 'production' : 'none',
    target: 'node20',
    entry: join(folder, 'main.js'),
    output: {
      path: folder,
      filename: `${name}.js`,
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
