/** An error as a grouping rule sees it: nothing of it is certain. */
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

/** Reads one part of a fingerprint from the error; the parameter may be typed as the error that `when` picks. */
export type GroupingPart = { bivariant(error: GroupedError): unknown }['bivariant'];

/** Which errors make one group. */
export interface GroupingRule {
  /**
   * Whose errors: a class, the name of a class (or of a base class), a pattern of the message, or a condition.
   */
  when: (abstract new (...args: never[]) => unknown) | string | RegExp | ((error: unknown) => boolean);
  /**
   * The parts of the fingerprint: texts, and functions of the error that give a text, number, boolean or nothing.
   * `'{{ default }}'` is the group Sentry would have chosen, so that the rule divides it further.
   */
  by: Array<string | GroupingPart>;
}

/**
 * Built-in rules, recognised by the shape of the error.
 *
 * - `database`: operation, driver code, and constraint, else table, else statement (PostgreSQL, MySQL, MariaDB, SQLite,
 *   MongoDB, Redis; TypeORM, Prisma, mongoose).
 * - `outbound`: failed calls of other services by service, method, path pattern and class of status or code.
 * - `rateLimit`: 429 by endpoint.
 * - `auth`: 401, 403 and token errors by kind and handler.
 * - `validation`: rejected input by handler.
 * - `timeout`: by operation.
 * - `message`: messages and thrown values that are no errors, by their text without ids, numbers and quoted values.
 */
export type GroupingPreset = 'database' | 'outbound' | 'rateLimit' | 'auth' | 'validation' | 'timeout' | 'message';

/** How events are put into groups. A list of rules stands for `{ rules }`. */
export interface GroupingOptions {
  /** The first rule that matches decides, before all presets. */
  rules?: GroupingRule[] | undefined;
  /** `false` for none, or `{ validation: false }` for all but some. Default true: all. */
  presets?: boolean | Partial<Record<GroupingPreset, boolean | undefined>> | undefined;
}
