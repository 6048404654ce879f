import { parseDuration, type Duration } from '../options/duration.js';
import { executionName } from './execution-name.js';
import { compilePatterns, type NameMatcher } from './name-pattern.js';

/** Maximum duration of executions with matching names. */
export interface NameBudget {
  /** The pattern as configured. */
  pattern: string;
  /** Milliseconds. */
  limit: number;
}

const MAX_CACHED = 1_000;
/** Longer names are those of paths that match no route. */
const MAX_NAME_LENGTH = 256;
/** A route parameter with any name and constraint. */
const PARAMETER = /\/:\w+(?:\([^)]*\))?\??/g;

/**
 * Compiles budgets by name patterns. A parameter in a pattern matches a route parameter, not any segment: the budget of
 * `/orders/:id` does not apply to `/orders/export`. Patterns without `*` come first, then the longer ones.
 *
 * @throws ConfigurationError for a wrong pattern
 */
export function compileBudgets(
  budgets: Readonly<Record<string, Duration>>,
  at: string,
): (name: string) => NameBudget | undefined {
  const compiled: { budget: NameBudget; matches: NameMatcher }[] = Object.entries(budgets).map(
    ([pattern, duration]) => ({
      budget: { pattern, limit: parseDuration(duration) ?? 0 },
      matches: compilePatterns(template(pattern), `${at}['${pattern}']`),
    }),
  );
  compiled.sort((a, b) => specificity(b.budget.pattern) - specificity(a.budget.pattern));
  const cache = new Map<string, NameBudget | undefined>();
  return (name) => {
    if (cache.has(name)) return cache.get(name);
    const execution = executionName({ name: template(name) });
    const budget = compiled.find(({ matches }) => matches(execution))?.budget;
    if (cache.size < MAX_CACHED && name.length <= MAX_NAME_LENGTH) cache.set(name, budget);
    return budget;
  };
}

function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.MAX_SAFE_INTEGER;
}

function template(name: string): string {
  return name.replace(PARAMETER, '/:');
}
