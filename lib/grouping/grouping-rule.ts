import { ConfigurationError } from '../options/configuration-error.js';
import { type GroupingRule } from '../options/grouping-options.js';
import { requireSynchronous } from '../stats/require-synchronous.js';
import { messageOf, typeNames } from './error-shape.js';

/** A compiled rule. Both functions may throw whatever the application's functions throw. */
export interface CompiledRule {
  /** Path of the rule in the options. */
  at: string;
  matches: (error: unknown) => boolean;
  fingerprint: (error: unknown) => string[];
}

/** Placeholder of a missing part, so that the other parts keep their positions. */
const MISSING = 'none';
const MAX_PART_LENGTH = 500;

/** @throws ConfigurationError for a wrong `when` or `by` */
export function compileRule(rule: GroupingRule, at: string): CompiledRule {
  const received: unknown = rule;
  if (typeof received !== 'object' || received === null) {
    throw new ConfigurationError({
      path: at,
      received,
      expected: 'a rule { when, by }',
      fix: "use for example { when: DatabaseError, by: ['database', (error) => error.code] }",
    });
  }
  return { at, matches: compileWhen(rule.when, `${at}.when`), fingerprint: compileBy(rule.by, `${at}.by`) };
}

function compileWhen(when: GroupingRule['when'], at: string): (error: unknown) => boolean {
  if (typeof when === 'string' && when !== '') return (error) => typeNames(error).includes(when);
  if (when instanceof RegExp) {
    const expression = new RegExp(when.source, when.flags.replace(/[gy]/g, ''));
    return (error) => expression.test(messageOf(error));
  }
  if (typeof when === 'function') {
    if (!isClass(when)) return (error) => requireSynchronous(when(error));
    const { name, prototype } = when as { name: string; prototype: unknown };
    // Nest's exceptions may come from another copy of the package, which `instanceof` does not recognize.
    const isHttpException = typeof (prototype as { getStatus?: unknown } | undefined)?.getStatus === 'function';
    return (error) => error instanceof when || (isHttpException && typeNames(error).includes(name));
  }
  throw new ConfigurationError({
    path: at,
    received: when,
    expected: 'a class, the name of a class, a regular expression for the message, or a function',
    fix: "use for example DatabaseError, 'DatabaseError', /timed out/ or (error) => error instanceof DatabaseError",
  });
}

/** A class in its own syntax, an error class compiled to a function, or any function with methods. */
function isClass(
  when: Exclude<GroupingRule['when'], string | RegExp>,
): when is abstract new (...args: never[]) => unknown {
  const prototype = (when as { prototype?: unknown }).prototype;
  if (typeof prototype !== 'object' || prototype === null) return false;
  if (when === Error || prototype instanceof Error) return true;
  return Function.prototype.toString.call(when).startsWith('class') || Object.getOwnPropertyNames(prototype).length > 1;
}

function compileBy(by: GroupingRule['by'], at: string): (error: unknown) => string[] {
  const isPart = (part: unknown): boolean => typeof part === 'function' || (typeof part === 'string' && part !== '');
  if (!Array.isArray(by) || by.length === 0 || !by.every(isPart)) {
    throw new ConfigurationError({
      path: at,
      received: by,
      expected: 'a non-empty array of strings and functions of the error',
      fix: "use for example ['{{ default }}', (error) => error.code]",
    });
  }
  return (error) =>
    by.map((part) => (typeof part === 'string' ? part : partText(requireSynchronous(part(error as Error)))));
}

function partText(value: unknown): string {
  if (value === undefined || value === null || value === '') return MISSING;
  if (typeof value === 'string') return value.slice(0, MAX_PART_LENGTH);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new TypeError('A fingerprint part must be a string, a number, a boolean or undefined');
}
