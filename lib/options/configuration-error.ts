/**
 * The parts of a {@link ConfigurationError}.
 *
 * @example
 * ```ts
 * import { ConfigurationError, type ConfigurationProblem } from 'nestjs-error-tracker';
 *
 * const problem: ConfigurationProblem = {
 *   path: 'carrier.url',
 *   received: process.env.CARRIER_URL,
 *   expected: 'an address with TLS',
 *   fix: 'use for example https://carrier.example.com',
 * };
 * throw new ConfigurationError(problem); // for options of your own
 * ```
 */
export interface ConfigurationProblem {
  /** Path of the wrong value (`init.tracesSampleRate`) or name of the environment variable. */
  path: string;
  /** The received value; the message shows at most 80 characters of it. */
  received: unknown;
  /** Description of a valid value: `a number from 0 to 1`. */
  expected: string;
  /** Instruction that fixes it: `use 0.1 for ten percent`. */
  fix: string;
}

const MAX_SHOWN_LENGTH = 80;

/**
 * Thrown at startup, before anything has started, if an option or a `SENTRY_*` variable has a wrong value.
 *
 * The message reads `path: received X; expected Y. Fix: Z.`; the parts are also available as properties.
 *
 * @example
 * ```ts
 * import { ConfigurationError } from 'nestjs-error-tracker';
 *
 * try {
 *   initSentry({ tracesSampleRate: 10 });
 * } catch (error) {
 *   if (error instanceof ConfigurationError) console.error(error.path, error.fix);
 * }
 * ```
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** Path of the wrong value or name of the environment variable. */
  readonly path: string;
  /** The received value, as shown in the message. */
  readonly received: string;
  /** Description of a valid value. */
  readonly expected: string;
  /** Instruction that fixes it. */
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
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH - 1)}…` : text;
}

function asText(value: unknown): string {
  if (value === undefined || value instanceof RegExp || typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return 'an unserializable value'; // a cycle, or a toJSON that throws
  }
}
