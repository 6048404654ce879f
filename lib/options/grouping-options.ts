/**
 * An error passed to a grouping rule. Any value can be thrown, so no property is guaranteed.
 *
 * @example
 * ```ts
 * import { type GroupedError } from 'nestjs-error-tracker';
 *
 * const codeOf = ({ code }: GroupedError): unknown => code ?? 'none';
 * initSentry({ grouping: [{ when: 'GatewayError', by: ['gateway', codeOf] }] });
 * ```
 */
export interface GroupedError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly type?: unknown;
  readonly cause?: unknown;
  toString(): string;
}

/**
 * Returns one part of a fingerprint. The parameter may be typed as the error that `when` selects.
 *
 * @example
 * ```ts
 * import { type GroupingPart } from 'nestjs-error-tracker';
 *
 * const service: GroupingPart = (error: Error & { config?: { baseURL?: string } }) => error.config?.baseURL;
 * initSentry({ grouping: [{ when: 'AxiosError', by: ['axios', service] }] });
 * ```
 */
export type GroupingPart = { bivariant(error: GroupedError): unknown }['bivariant'];

/**
 * Puts matching errors into one group.
 *
 * @example
 * ```ts
 * initSentry({ grouping: [{ when: /^ledger \d+ is locked/, by: ['ledger', (error) => error.code] }] });
 * ```
 */
export interface GroupingRule {
  /** Matching errors: a class, the name of a class (or of a base class), a pattern for the message, or a predicate. */
  when: (abstract new (...args: never[]) => unknown) | string | RegExp | ((error: unknown) => boolean);
  /**
   * The parts of the fingerprint: strings, and functions of the error that return a string, number, boolean or
   * `undefined`. `'{{ default }}'` is Sentry's own grouping, which the rule then subdivides.
   */
  by: Array<string | GroupingPart>;
}

/**
 * Built-in rules, which recognize errors by their shape.
 *
 * - `database`: by operation, driver code, and constraint, else table, else statement (PostgreSQL, MySQL, MariaDB,
 *   SQLite, MongoDB, Redis; TypeORM, Prisma, mongoose).
 * - `outbound`: failed calls to other services, by service, method, path pattern, and status class or code.
 * - `rateLimit`: 429 by endpoint.
 * - `auth`: 401, 403 and token errors by type and handler.
 * - `validation`: rejected input by handler.
 * - `timeout`: by operation.
 * - `message`: messages and thrown non-errors, by their text without ids, numbers and quoted values.
 *
 * @example
 * ```ts
 * initSentry({ grouping: { presets: { validation: false, message: false } } });
 * ```
 */
export type GroupingPreset = 'database' | 'outbound' | 'rateLimit' | 'auth' | 'validation' | 'timeout' | 'message';

/**
 * Which errors form one issue. An array of rules is short for `{ rules }`.
 *
 * @example
 * ```ts
 * initSentry({
 *   grouping: {
 *     rules: [{ when: 'LedgerError', by: ['{{ default }}', (error) => error.code] }],
 *     presets: { validation: false },
 *   },
 * });
 * ```
 */
export interface GroupingOptions {
  /** The first matching rule decides, before all presets. Default: none. */
  rules?: GroupingRule[] | undefined;
  /** `false` disables all presets, `{ validation: false }` some of them. Default: true. */
  presets?: boolean | Partial<Record<GroupingPreset, boolean>> | undefined;
}
