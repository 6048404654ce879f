import { clientState } from '../client/state.js';
import type { NamePattern } from '../options/sampling-options.js';
import { unmatchedPatterns } from '../sampling/index.js';
import { logOnce } from './log-once.js';

/** Warns about patterns of budgets and sampling that match no route of the application. */
export function noteUnmatchedNames(budgets: object | undefined, routes: readonly string[]): void {
  const { traces = [], critical = [] } = clientState.options?.sampling ?? {};
  const patterns: Record<string, NamePattern[]> = {
    budgets: Object.keys(budgets ?? {}),
    'sampling.traces': traces.flatMap(({ match }) => match),
    'sampling.critical': critical,
  };
  for (const [option, names] of Object.entries(patterns)) {
    const unmatched = unmatchedPatterns(names, routes).map((name) => `'${name}'`);
    if (unmatched.length === 0) continue;
    logOnce('warn', `${option}: no route matches ${unmatched.join(', ')}. Check the spelling and the global prefix.`);
  }
}
