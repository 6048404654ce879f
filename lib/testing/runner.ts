type Hook = (run: () => void | Promise<void>) => void;

/** The hooks of the test runner. */
interface Hooks {
  beforeEach: Hook;
  afterAll: Hook;
}

/**
 * Registers a hook with the running test runner: Jest, Vitest with or without globals, or node:test. Does nothing if there
 * is none, or if it accepts no hooks any more because a test or a hook is running.
 */
export function addHook(name: keyof Hooks, run: () => void | Promise<void>): void {
  try {
    const hooks = findHooks();
    if (hooks && !hasBegun()) hooks[name](run);
  } catch {
    // This runner accepts hooks only elsewhere.
  }
}

function findHooks(): Hooks | undefined {
  const globals = globalThis as Partial<Hooks> & { __vitest_index__?: Partial<Hooks> };
  return complete(globals) ?? complete(globals.__vitest_index__) ?? nodeTest();
}

function complete(hooks: Partial<Hooks> | undefined): Hooks | undefined {
  const { beforeEach, afterAll } = hooks ?? {};
  return typeof beforeEach === 'function' && typeof afterAll === 'function' ? { beforeEach, afterAll } : undefined;
}

/** Only if the test file has loaded it: by itself, it would report the results of a test file without tests. */
function nodeTest(): Hooks | undefined {
  const { moduleLoadList = [] } = process as { moduleLoadList?: string[] };
  if (!moduleLoadList.includes('NativeModule internal/test_runner/harness')) return undefined;
  const { beforeEach, after } = process.getBuiltinModule('node:test');
  return {
    beforeEach: (run) => {
      beforeEach(run);
    },
    afterAll: (run) => {
      after(run);
    },
  };
}

/** Whether Jest has begun to run tests: it then fails the test that adds a hook. */
function hasBegun(): boolean {
  const key = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL');
  const state = key && (globalThis as unknown as Record<symbol, { hasStarted?: boolean } | undefined>)[key];
  return state?.hasStarted === true;
}

/** The global objects of this library, and of OpenTelemetry, which Sentry 10 uses. */
const OURS = /^(nestjs-error-tracker@|opentelemetry\.js\.api\.)/;
const PROTECTED = Symbol.for('$$jest-protect-from-deletion');

/**
 * Keeps Jest from emptying the global objects of the SDK and of this library when a test file is done: timers of the SDK
 * still read them, and an object that Jest has emptied twice calls itself without end.
 */
export function protectGlobals(): void {
  const globals = globalThis as unknown as Record<string | symbol, unknown>;
  const ours = Object.getOwnPropertySymbols(globals).filter(({ description }) => OURS.test(description ?? ''));
  const carrier = globals.__SENTRY__ as object | undefined;
  const values: unknown[] = [
    carrier,
    ...(Object.values(carrier ?? {}) as unknown[]),
    ...ours.map((key) => globals[key]),
  ];
  for (const value of values) {
    if (typeof value !== 'object' || value === null || PROTECTED in value) continue;
    Object.defineProperty(value, PROTECTED, { value: [], configurable: true, writable: true });
  }
}

/** Whether each test file has modules of its own in the same process, as in Jest. */
export function hasModulesPerFile(): boolean {
  return process.env.JEST_WORKER_ID !== undefined && process.env.VITEST === undefined;
}
