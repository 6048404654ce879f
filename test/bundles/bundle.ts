import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lane } from '../harness/app-process';

/** What Nest loads only where it is used. */
const UNUSED = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@grpc/*',
  'kafkajs',
  'mqtt',
  'class-validator',
  'class-transformer',
];

/**
 * Puts a test application and all that it uses into one file, as an application is deployed, beside a `node_modules`
 * that has another copy of it.
 *
 * @returns the name of the file, as `main` of `spawnApp`
 */
export async function bundleApp(lane: Lane, app: string, options: { minify?: boolean } = {}): Promise<string> {
  const folder = join(__dirname, '..', '..', '.lanes', lane);
  const name = options.minify ? 'minified' : 'bundled';
  await mkdir(join(folder, 'apps', app), { recursive: true });
  await build({
    entryPoints: [join(folder, 'apps', app, 'main.js')],
    outfile: join(folder, 'apps', app, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: lane === '12' ? 'esm' : 'cjs',
    logLevel: 'error',
    external: UNUSED,
    ...options,
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
  return name;
}
