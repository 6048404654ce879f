import { callable, check, rate as checkRate } from '../options/schema.js';
import { type ErrorRule } from '../options/sampling-options.js';
import { requireSynchronous } from '../stats/require-synchronous.js';

export interface ErrorFacts {
  error: unknown;
  /** Level of the event. */
  level?: string;
  /** Whether nothing in the application handled the error. */
  unhandled: boolean;
}

/** The rate of errors like this one that are reported, from 0 to 1. */
export type ErrorSampler = (facts: ErrorFacts) => number;

/** Called when a rule fails, with its path and the error; the rule is skipped. */
export type FaultListener = (where: string, fault: unknown) => void;

type Condition = (facts: ErrorFacts) => boolean;

const MAX_PROTOTYPES = 20;
const isType = check(
  'a class, the name of a class, or a regular expression for such names',
  "use a class such as TypeError, its name 'TypeError', or /Timeout/",
  (value) => typeof value === 'function' || value instanceof RegExp || (typeof value === 'string' && value !== ''),
);
const isLevel = check('a level or an array of levels', "use for example 'warning' or ['info', 'warning']", (value) =>
  (Array.isArray(value) ? value : [value]).every((level) => typeof level === 'string' && level !== ''),
);

/**
 * Compiles error sampling. The first rule whose conditions are all met decides; if none is, the error is reported.
 * A rule applies to unhandled errors only with `unhandled: true`.
 *
 * @param at path of the rules in the options, for error messages
 * @throws ConfigurationError for a wrong condition or rate
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
        if (rule.conditions.every((isMet) => isMet(facts))) return rule.rate;
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
    conditions.push(({ error }) => requireSynchronous(when(error)));
  }
  return { at, rate: rule.rate, unhandled: rule.unhandled === true, conditions };
}

function compileType(type: NonNullable<ErrorRule['type']>): Condition {
  if (typeof type === 'function') return ({ error }) => error instanceof type;
  if (typeof type === 'string') return ({ error }) => hasName(error, (name) => name === type);
  const expression = new RegExp(type.source, type.flags.replace(/[gy]/g, ''));
  return ({ error }) => hasName(error, (name) => expression.test(name));
}

/** Compares the error's own name and those of its classes: libraries rarely set `name` on every subclass. */
function hasName(error: unknown, fits: (name: string) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const own = (error as { name?: unknown }).name;
  if (typeof own === 'string' && fits(own)) return true;
  let prototype: unknown = Object.getPrototypeOf(error);
  for (let depth = 0; depth < MAX_PROTOTYPES && prototype !== null && prototype !== Object.prototype; depth++) {
    const className = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
    if (typeof className === 'string' && fits(className)) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}
