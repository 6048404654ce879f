import type { NamePattern } from '../options/sampling-options.js';
import { executionName } from './execution-name.js';
import { compilePatterns } from './name-pattern.js';

const REQUEST_PATTERN = /^(?:[A-Za-z|*]+\s+)?\//;
/** Express names its wildcards: `/files/*path`. */
const NAMED_WILDCARD = /\*\w+/g;

/**
 * The patterns of requests that match none of these routes, which are probably misspelt. Patterns of messages and events
 * and regular expressions are left out.
 *
 * @param routes - `GET /orders/:id`, `ALL /files/*path`
 */
export function unmatchedPatterns(patterns: readonly NamePattern[], routes: readonly string[]): string[] {
  const executions = routes.map((route) =>
    executionName({ name: route.replace(/^ALL /, '').replace(NAMED_WILDCARD, '*') }),
  );
  const asPatterns = executions.flatMap(({ method = '*', paths }) => paths.map((path) => `${method} ${path}`));
  return patterns.filter((pattern): pattern is string => {
    if (typeof pattern !== 'string' || !REQUEST_PATTERN.test(pattern.trim())) return false;
    if (executions.some(compilePatterns(pattern, ''))) return false;
    // `GET /orders/42` is no route, but a request to one.
    const request = executionName({ name: pattern.trim() });
    return asPatterns.length === 0 || !compilePatterns(asPatterns, '')(request);
  });
}
