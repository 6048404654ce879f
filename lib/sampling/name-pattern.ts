import { ConfigurationError } from '../options/configuration-error.js';
import { type NamePattern } from '../options/sampling-options.js';
import { barePath, executionName, isHttpMethod, type ExecutionName, type NamedExecution } from './execution-name.js';
import { compileGlob } from './glob.js';

export type NameMatcher = (execution: ExecutionName) => boolean;

const METHODS_AND_PATH = /^([A-Za-z|]+|\*)\s+(\/.*|\*\/.*|\*)$/s;

/**
 * Compiles patterns into one predicate that is true if any of them matches. {@link NamePattern} documents patterns.
 *
 * @throws ConfigurationError for a pattern that is empty or neither a string nor a regular expression
 */
export function compilePatterns(patterns: NamePattern | readonly NamePattern[], at: string): NameMatcher {
  const list = Array.isArray(patterns) ? (patterns as readonly NamePattern[]) : [patterns as NamePattern];
  const matchers = list.map((pattern, index) =>
    compilePattern(pattern, Array.isArray(patterns) ? `${at}[${index}]` : at),
  );
  const only = matchers[0];
  if (only !== undefined && matchers.length === 1) return only;
  return (execution) => {
    for (const matches of matchers) if (matches(execution)) return true;
    return false;
  };
}

/** Like {@link compilePatterns}, for callers that match each execution only once. */
export function compileNameMatcher(
  patterns: NamePattern | readonly NamePattern[],
  at: string,
): (execution: NamedExecution) => boolean {
  const matches = compilePatterns(patterns, at);
  return (execution) => matches(executionName(execution));
}

function compilePattern(pattern: NamePattern, at: string): NameMatcher {
  if (pattern instanceof RegExp) {
    // With the flags g and y, an expression keeps its position from one test to the next.
    const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    return ({ texts }) => texts.some((text) => expression.test(text));
  }
  if (typeof pattern !== 'string' || pattern.trim() === '') {
    throw new ConfigurationError({
      path: at,
      received: pattern,
      expected: "a name, a pattern such as 'POST /payments/*', or a regular expression",
      fix: "use a non-empty string, for example '/health*'",
    });
  }
  const text = pattern.trim();
  const [, methods, path] = METHODS_AND_PATH.exec(text) ?? [];
  if (methods !== undefined && path !== undefined) {
    if (methods === '*' || methods.toUpperCase() === 'ALL') return compilePathPattern(path, undefined);
    const words = methods.split('|');
    if (words.every(isHttpMethod)) return compilePathPattern(path, new Set(words.map((word) => word.toUpperCase())));
  }
  if (text.startsWith('/') || text.startsWith('*/')) return compilePathPattern(text, undefined);
  const matchesName = compileGlob(text.toLowerCase(), 'name');
  return ({ names }) => names.some(matchesName);
}

/** If the method of an execution is unknown, a pattern with a method is compared by its path alone. */
function compilePathPattern(pattern: string, methods: ReadonlySet<string> | undefined): NameMatcher {
  const matchesPath = compilePath(pattern);
  return ({ method, paths }) => {
    if (methods !== undefined && method !== undefined && !methods.has(method)) return false;
    for (const path of paths) if (matchesPath(path)) return true;
    return false;
  };
}

/** @returns whether a path in lower case matches the pattern */
export function compilePath(pattern: string): (path: string) => boolean {
  return compileGlob(barePath(pattern.toLowerCase()), 'path');
}
