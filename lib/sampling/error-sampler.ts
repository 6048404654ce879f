import { callable, check, rate as checkRate } from '../options/schema.js';
import { type ErrorRule } from '../options/sampling-options.js';
import { immediateAnswer } from '../stats/immediate-answer.js';

export interface ErrorFacts {
  error: unknown;
  /** Level of the event. */
  level?: string;
  /** Nothing in the application handled the error. */
  unhandled: boolean;
}

/** The share of errors like this one that is reported, from 0 to 1. */
export type ErrorSampler = (facts: ErrorFacts) => number;

/** Told where a rule failed and with what; the rule is passed over. */
export type FaultListener = (where: string, fault: unknown) => void;

type Condition = (facts: ErrorFacts) => boolean;

const DEEPEST_CHAIN = 20;
const isType = check(
  'a class, the name of a class, or a regular expression of such names',
  "write the class itself, for example TypeError, or its name 'TypeError'",
  (value) => typeof value === 'function' || value instanceof RegExp || (typeof value === 'string' && value !== ''),
);
const isLevel = check('a level, or several', "write for example 'warning' or ['info', 'warning']", (value) =>
  (Array.isArray(value) ? value : [value]).every((level) => typeof level === 'string' && level !== ''),
);

/**
 * Compiles error sampling. The first rule whose conditions all hold decides; without one every error is reported.
 * A rule touches an error that nothing handled only if it says `unhandled: true`.
 *
 * @param at where the rules stand, for error messages.
 * @throws ConfigurationError for a wrong condition or rate.
 */
export function compileErrorSampler(
  rules: readonly ErrorRule[] | undefined,
  onFault?: FaultListener,
  at = 'sampling.errors',
): ErrorSampler {
  const compiled = (rules ?? []).map((rule, index) => compileRule(rule, `${at}[${index}]`));
  return (facts) => {
    for (const rule of compiled) {
      if (facts.unhandled && !rule.unhandled) continue;
      try {
        if (rule.conditions.every((holds) => holds(facts))) return rule.rate;
      } catch (fault) {
        onFault?.(rule.at, fault);
      }
    }
    return 1;
  };
}

function compileRule(rule: ErrorRule, at: string) {
  checkRate(rule.rate, `${at}.rate`);
  const conditions: Condition[] = [];
  const { type, level, when } = rule;
  if (level !== undefined) {
    isLevel(level, `${at}.level`);
    const levels = new Set(typeof level === 'string' ? [level] : level);
    conditions.push((facts) => facts.level !== undefined && levels.has(facts.level));
  }
  if (type !== undefined) {
    isType(type, `${at}.type`);
    conditions.push(compileType(type));
  }
  if (when !== undefined) {
    callable(when, `${at}.when`);
    conditions.push(({ error }) => immediateAnswer(when(error)));
  }
  return { at, rate: rule.rate, unhandled: rule.unhandled === true, conditions };
}

function compileType(type: NonNullable<ErrorRule['type']>): Condition {
  if (typeof type === 'function') return ({ error }) => error instanceof type;
  if (typeof type === 'string') return ({ error }) => hasName(error, (name) => name === type);
  const expression = new RegExp(type.source, type.flags.replace(/[gy]/g, ''));
  return ({ error }) => hasName(error, (name) => expression.test(name));
}

/** Its own name, or that of any class it is made from: libraries rarely set `name` on every subclass. */
function hasName(error: unknown, fits: (name: string) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const own = (error as { name?: unknown }).name;
  if (typeof own === 'string' && fits(own)) return true;
  let prototype: unknown = Object.getPrototypeOf(error);
  for (let depth = 0; depth < DEEPEST_CHAIN && prototype !== null && prototype !== Object.prototype; depth++) {
    const maker = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
    if (typeof maker === 'string' && fits(maker)) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}
