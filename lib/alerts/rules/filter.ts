import type { AlertFilter, Match } from '../../options/alert-options.js';
import { compileGlob, compileNameMatcher } from '../../sampling/index.js';
import type { FailureFacts } from '../engine/facts.js';

type Matcher = (text: string) => boolean;

/** Conditions that a request, message or job meets or not, whether it fails or succeeds. */
export const EXECUTION_CONDITIONS = ['route', 'environment'] as const satisfies readonly (keyof AlertFilter)[];

/** Characters of a message that are compared. */
const MAX_TEXT = 10_000;
/** Characters that are compared with an expression, which may take quadratic time. */
const MAX_EXPRESSION_TEXT = 1_000;

/** Whether a text matches one of the patterns as a whole; upper and lower case differ. */
export function compileMatch(match: Match): Matcher {
  const matchers = (Array.isArray(match) ? match : [match]).map((each): Matcher => {
    if (typeof each === 'string') return compileGlob(each, 'name');
    const expression = new RegExp(each.source, each.flags.replace(/[gy]/g, '')); // both flags keep state
    return (text) => expression.test(text.slice(0, MAX_EXPRESSION_TEXT));
  });
  return (text) => {
    const compared = text.slice(0, MAX_TEXT);
    return matchers.some((matches) => matches(compared));
  };
}

/** Like {@link compileMatch}, for names of requests, messages and jobs, as in `sampling.traces`. */
export function compileRoute(route: Match, path: string): Matcher {
  const matches = compileNameMatcher(route, path);
  return (name) => matches({ name });
}

export interface CompiledFilter {
  /** Whether the application runs in an environment that it matches. */
  readonly isHere: boolean;
  failure(facts: FailureFacts): boolean;
  /** By route and environment. */
  execution(name: string): boolean;
}

/** @param environment - that the application runs in */
export function compileFilter(filter: AlertFilter, path: string, environment: string): CompiledFilter {
  const isHere = filter.environment === undefined || compileMatch(filter.environment)(environment);
  const route = filter.route === undefined ? undefined : compileRoute(filter.route, `${path}.route`);
  const tests: ((facts: FailureFacts) => boolean)[] = [];
  const add = (match: Match | undefined, read: (facts: FailureFacts) => readonly string[]) => {
    if (match === undefined) return;
    const matches = compileMatch(match);
    tests.push((facts) => read(facts).some(matches));
  };
  add(filter.level, (facts) => [facts.level]);
  add(filter.type, (facts) => facts.types);
  add(filter.message, (facts) => facts.messages);
  if (route) tests.push((facts) => facts.name !== undefined && route(facts.name));
  add(filter.domain, ({ domain }) => (domain === undefined ? [] : [domain]));
  for (const [name, match] of Object.entries(filter.tags ?? {})) add(match, (facts) => tagOf(facts, name));
  return {
    isHere,
    failure: (facts) => isHere && tests.every((holds) => holds(facts)),
    execution: (name) => isHere && (!route || route(name)),
  };
}

function tagOf({ tags }: FailureFacts, name: string): string[] {
  const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
  return value === undefined ? [] : [value];
}
