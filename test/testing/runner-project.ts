import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { laneFolder, type Lane } from '../harness/app-process';

export type Runner = 'jest' | 'vitest' | 'node:test';
export type Format = 'commonjs' | 'module';

export interface Outcome {
  code: number | null;
  output: string;
}

const SOURCES = join(__dirname, '..', 'apps', 'test-kit');
const ROOT = join(__dirname, '..', '..');

/** Where the tests of the project take `test`, `before` and `after` from. */
const RUNNER_MODULE: Record<Runner, string> = {
  jest: 'const { test, beforeAll, afterAll } = globalThis;\nexport { test, beforeAll as before, afterAll as after };\n',
  vitest: "export { test, beforeAll as before, afterAll as after } from 'vitest';\n",
  'node:test': "export { test, before, after } from 'node:test';\n",
};

/** A project with tests that use the kit, beside the packed tarball and the packages of a lane. */
export class RunnerProject {
  readonly folder: string;

  constructor(
    lane: Lane,
    private readonly runner: Runner,
    format: Format,
  ) {
    this.folder = mkdtempSync(join(laneFolder(lane), 'test-kit-'));
    this.write('package.json', JSON.stringify({ type: format }));
    this.compile('runner.js', RUNNER_MODULE[runner], format);
    for (const name of readdirSync(SOURCES)) {
      this.compile(name.replace(/\.ts$/, '.js'), readFileSync(join(SOURCES, name), 'utf8'), format);
    }
  }

  /** Runs test files in one process. */
  run(tests: string[], { args = [], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {}): Promise<Outcome> {
    const files = tests.map((name) => `${name}.test.js`);
    return this.spawn([...this.command(), ...args, ...files], env);
  }

  /** Makes further tests of copies. */
  copy(name: string, copies: string[]): void {
    for (const copy of copies) cpSync(join(this.folder, `${name}.test.js`), join(this.folder, `${copy}.test.js`));
  }

  write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private command(): string[] {
    if (this.runner === 'node:test') return ['--test', '--test-reporter=tap'];
    if (this.runner === 'vitest') {
      this.write('vitest.config.js', 'export default { test: { include: ["*.test.js"], testTimeout: 20_000 } };\n');
      const bin = join(this.folder, '..', 'node_modules', 'vitest', 'vitest.mjs');
      return [bin, 'run', '--config', 'vitest.config.js'];
    }
    const config = { rootDir: this.folder, testMatch: ['**/*.test.js'], transform: {}, testTimeout: 20_000 };
    this.write('jest.config.json', JSON.stringify(config));
    const bin = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
    return ['--experimental-vm-modules', '--no-warnings', bin, '--config', 'jest.config.json', '--runInBand'];
  }

  private compile(name: string, source: string, format: Format): void {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        module: format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        esModuleInterop: true,
        useDefineForClassFields: false,
      },
    });
    this.write(name, outputText);
  }

  private spawn(args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !/^(SENTRY_|NODE_ENV|JEST|NODE_OPTIONS|NODE_TEST)/.test(key)),
    );
    return new Promise((resolve) => {
      const child = spawn(process.execPath, args, { cwd: this.folder, env: { ...inherited, NO_COLOR: '1', ...env } });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.once('exit', (code) => {
        resolve({ code, output });
      });
    });
  }
}

/** How many tests have passed, as the runner tells. */
export function passed({ output }: Outcome): number {
  const [, count] = /^\s*Tests:?\s+(?:.*?\s)?(\d+) passed/m.exec(output) ?? /^# pass (\d+)$/m.exec(output) ?? [];
  return Number(count ?? 0);
}
