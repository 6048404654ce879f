// Installs the packed tarball beside each supported pair of Nest and Sentry, and compiles the test applications there:
// lane 11 as CommonJS, lane 12 as ES modules.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lanesFolder = join(root, '.lanes');
/** What both lanes use: clients of the brokers and servers that the test applications talk to. */
const common = {
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  'class-validator': '0.15.1',
  'class-transformer': '0.5.1',
  '@apollo/server': '^5',
  '@as-integrations/express5': '^1.1.2',
  '@as-integrations/fastify': '^3.1.0',
  'amqp-connection-manager': '^5',
  amqplib: '^0.10',
  graphql: '^16',
  'graphql-ws': '^6',
  ioredis: '^5',
  'nest-commander': '^3.21.0',
  nats: '^2',
  'socket.io-client': '^4',
  ws: '^8',
};

export const lanes = {
  11: {
    type: 'commonjs',
    module: ts.ModuleKind.CommonJS,
    dependencies: {
      '@nestjs/common': '11.2.10',
      '@nestjs/core': '11.2.10',
      '@nestjs/platform-express': '11.2.10',
      '@nestjs/platform-fastify': '11.2.8',
      '@nestjs/apollo': '13.4.5',
      '@nestjs/graphql': '13.4.5',
      '@nestjs/microservices': '^11.2.0',
      '@nestjs/terminus': '^11',
      '@nestjs/testing': '^11.2.0',
      '@nestjs/platform-socket.io': '^11.2.0',
      '@nestjs/platform-ws': '^11.2.0',
      '@nestjs/websockets': '^11.2.0',
      '@sentry/nestjs': '10.75.3',
      ...common,
    },
  },
  12: {
    type: 'module',
    module: ts.ModuleKind.ESNext,
    dependencies: {
      '@nestjs/common': '12.5.1',
      '@nestjs/core': '12.5.1',
      '@nestjs/platform-express': '12.5.1',
      '@nestjs/platform-fastify': '12.5.0',
      '@nats-io/transport-node': '^3',
      '@nestjs/apollo': '14.0.3',
      '@nestjs/graphql': '14.0.3',
      '@nestjs/microservices': '12.1.1',
      '@nestjs/terminus': '12.1.0',
      '@nestjs/testing': '12.1.1',
      '@nestjs/platform-socket.io': '12.1.1',
      '@nestjs/platform-ws': '12.1.1',
      '@nestjs/websockets': '12.1.1',
      '@sentry/nestjs': '11.0.0-rc.1',
      ...common,
    },
  },
};

// Under `npm test` npm tells its children which project it works on, and a nested `npm install` would change that one.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(config_.*prefix|package_|lifecycle_|command$)/i.test(name)),
);
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const hash = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');

function stampedWith(folder, stamp) {
  const file = join(folder, '.stamp');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function pack() {
  mkdirSync(lanesFolder, { recursive: true });
  const [{ filename, integrity }] = JSON.parse(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', lanesFolder], root),
  );
  return { tarball: join(lanesFolder, filename), integrity };
}

function install(name, lane, { tarball, integrity }) {
  const folder = join(lanesFolder, name);
  const manifest = JSON.stringify({ private: true, type: lane.type, dependencies: lane.dependencies }, null, 2);
  const stamp = hash(manifest, integrity);
  if (stampedWith(folder, stamp)) return folder;
  process.stderr.write(`lane ${name}: installing the packed tarball beside Nest ${name}\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  rmSync(join(folder, 'node_modules', 'nestjs-error-tracker'), { recursive: true, force: true });
  npm(['install', '--no-save', ...quiet, tarball], folder);
  writeFileSync(join(folder, '.stamp'), stamp);
  return folder;
}

function compileApps(folder, lane) {
  const apps = join(root, 'test', 'apps');
  const sources = readdirSync(apps, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const source of sources) {
    const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
      fileName: source,
      compilerOptions: {
        module: lane.module,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        esModuleInterop: true,
        useDefineForClassFields: false,
        inlineSourceMap: true,
      },
    });
    const target = join(folder, 'apps', relative(apps, source).replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

const packed = pack();
for (const [name, lane] of Object.entries(lanes)) compileApps(install(name, lane, packed), lane);
