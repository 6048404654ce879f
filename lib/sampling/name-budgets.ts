import { parseDuration, type Duration } from '../options/duration.js';
import { executionName } from './execution-name.js';
import { compilePatterns, type NameMatcher } from './name-pattern.js';

/** How long executions of some name may take. */
export interface NameBudget {
  /** The pattern, as it was given. */
  pattern: string;
  /** Milliseconds. */
  limit: number;
}

const MOST_REMEMBERED = 1_000;
/** A parameter of a route, whatever its name and constraint. */
const PARAMETER = /\/:\w+(?:\([^)]*\))?\??/g;

/**
 * Compiles budgets by name patterns. A parameter of a pattern stands for a parameter of the route, not for a segment
 * of any name: the budget of `/orders/:id` is not that of `/orders/export`. Patterns without `*` come first, then
 * those that say more.
 *
 * @throws ConfigurationError for a wrong pattern
 */
export function compileBudgets(
  budgets: Readonly<Record<string, Duration>>,
  at: string,
): (name: string) => NameBudget | undefined {
  const compiled: { budget: NameBudget; matches: NameMatcher }[] = Object.entries(budgets).map(([pattern, given]) => ({
    budget: { pattern, limit: parseDuration(given) ?? 0 },
    matches: compilePatterns(template(pattern), `${at}['${pattern}']`),
  }));
  compiled.sort((a, b) => exactness(b.budget.pattern) - exactness(a.budget.pattern));
  const remembered = new Map<string, NameBudget | undefined>();
  return (name) => {
    if (remembered.has(name)) return remembered.get(name);
    const asked = executionName({ name: template(name) });
    const budget = compiled.find(({ matches }) => matches(asked))?.budget;
    if (remembered.size < MOST_REMEMBERED) remembered.set(name, budget);
    return budget;
  };
}

function exactness(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.MAX_SAFE_INTEGER;
}

function template(name: string): string {
  return name.replace(PARAMETER, '/:');
}
