/** What a {@link ConfigurationError} is made of. */
export interface ConfigurationProblem {
  /** Where the wrong value stands, as a path (`init.tracesSampleRate`) or the name of an environment variable. */
  path: string;
  /** The value that was given; shown shortened, never in full. */
  given: unknown;
  /** What would have been right, in words: `a number from 0 to 1`. */
  expected: string;
  /** How to mend it, as an instruction: `use 0.1 for ten percent`. */
  mend: string;
}

const SHOWN_CHARACTERS = 80;

/**
 * Thrown at start when an option or a `SENTRY_*` variable cannot be used. Nothing has been started by then.
 *
 * Its message says where, what was given, what is expected and how to mend it; the same facts are properties.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly path: string;
  /** The given value as it is shown in the message. */
  readonly given: string;
  readonly expected: string;
  readonly mend: string;

  constructor(problem: ConfigurationProblem) {
    const given = show(problem.given);
    super(`${problem.path}: given ${given}, expected ${problem.expected}. Mend: ${problem.mend}.`);
    this.path = problem.path;
    this.given = given;
    this.expected = problem.expected;
    this.mend = problem.mend;
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
