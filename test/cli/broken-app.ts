import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { laneFolder, type Lane } from '../harness/app-process';

const MAIN = 'node_modules/nestjs-error-tracker/dist/cjs/cli/main.js';

/** An application that is set up well, as TypeScript with ES imports; `files` replaces parts of it. */
const HEALTHY: Record<string, string> = {
  'instrument.ts': `import { initSentry } from 'nestjs-error-tracker/init';\ninitSentry();`,
  'app.module.ts': `
    import { Module } from '@nestjs/common';
    import { SentryModule } from 'nestjs-error-tracker';
    @Module({ imports: [SentryModule.forRoot()] })
    export class AppModule {}`,
  'main.ts': `
    import './instrument.js';
    import 'reflect-metadata';
    import { NestFactory } from '@nestjs/core';
    import { AppModule } from './app.module.js';
    async function start() {
      const app = await NestFactory.create(AppModule, { logger: false });
      app.enableShutdownHooks();
      await app.listen(3000);
    }
    void start();`,
};

export interface AppSources {
  lane: Lane;
  /** By path; TypeScript is compiled to JavaScript of the same name. */
  files?: Record<string, string>;
  /** Packages of the lane that the application gets copies of. */
  copies?: string[];
  /** The application stands in `dist/`, with source maps and with its sources in `src/`. */
  isBuilt?: true;
}

/** Writes an application to a folder of its own, without a repository around it. @returns its folder */
export function writeApp({ lane, files = {}, copies = [], isBuilt }: AppSources): string {
  const around = mkdtempSync(join(tmpdir(), 'doctor-app-'));
  const installed = join(laneFolder(lane), 'node_modules');
  symlinkSync(installed, join(around, 'node_modules'));
  const folder = join(around, 'app');
  mkdirSync(folder);
  for (const name of copies) cpSync(join(installed, name), join(folder, 'node_modules', name), { recursive: true });
  const module = lane === '12' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  const all = { 'package.json': JSON.stringify({ type: lane === '12' ? 'module' : 'commonjs' }), ...HEALTHY, ...files };
  const compilerOptions: ts.CompilerOptions = {
    module,
    target: ts.ScriptTarget.ES2022,
    experimentalDecorators: true,
    esModuleInterop: true,
    ...(isBuilt && { sourceMap: true, sourceRoot: '../src' }),
  };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(all)) {
    if (!path.endsWith('.ts')) {
      write(path, text);
      continue;
    }
    const target = `${isBuilt ? 'dist/' : ''}${path.slice(0, -'.ts'.length)}.js`;
    const { outputText, sourceMapText } = ts.transpileModule(text, { compilerOptions, fileName: path });
    write(target, outputText);
    if (sourceMapText === undefined) continue;
    write(`${target}.map`, sourceMapText);
    write(`src/${path}`, text);
  }
  return folder;
}

export function removeApp(folder: string): void {
  rmSync(dirname(folder), { recursive: true, force: true });
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command of the package that the application has installed, as `npx` does. */
export async function runCommand(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  meanwhile?: (child: ChildProcess) => Promise<void>,
): Promise<Outcome> {
  return runNode(folder, [join(dirname(folder), MAIN), ...args], env, meanwhile);
}

/** Runs Node without the variables of this process that change what the library does. */
export async function runNode(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  meanwhile?: (child: ChildProcess) => Promise<void>,
): Promise<Outcome> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(SENTRY_|NODE_ENV|JEST|HOSTNAME|GIT_|GITHUB_)/.test(key)),
  );
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...inherited, ...env } });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (outcome[name] += chunk.toString()));
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  await meanwhile?.(child);
  outcome.code = await closed;
  return outcome;
}
