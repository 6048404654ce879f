/** What a {@link ConfigurationError} is made of. */
export interface ConfigurationProblem {
  /** Path of the wrong value (`init.tracesSampleRate`) or name of the environment variable. */
  path: string;
  /** The value received; shown shortened, never in full. */
  received: unknown;
  /** What is expected, in words: `a number from 0 to 1`. */
  expected: string;
  /** How to fix it, as an instruction: `use 0.1 for ten percent`. */
  fix: string;
}

const SHOWN_CHARACTERS = 80;

/**
 * Thrown at start when an option or a `SENTRY_*` variable cannot be used. Nothing has been started by then.
 *
 * The message names the path, the received value, what is expected and the fix; the same facts are properties.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly path: string;
  /** The received value as the message shows it. */
  readonly received: string;
  readonly expected: string;
  readonly fix: string;

  constructor(problem: ConfigurationProblem) {
    const received = show(problem.received);
    super(`${problem.path}: received ${received}; expected ${problem.expected}. Fix: ${problem.fix}.`);
    this.path = problem.path;
    this.received = received;
    this.expected = problem.expected;
    this.fix = problem.fix;
  }

  /** @deprecated Use {@link ConfigurationError.received}. */
  get given(): string {
    return this.received;
  }
}

function show(value: unknown): string {
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  const text = asText(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

function asText(value: unknown): string {
  if (value === undefined || value instanceof RegExp || typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return 'a value that cannot be shown'; // a cycle, or a toJSON that throws
  }
}
