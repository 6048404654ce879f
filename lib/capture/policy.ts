import type { ArgumentsHost } from '@nestjs/common';
import type { Handler } from '../context/execution.js';
import { testKit } from '../process-state/test-kit.js';
import { requireSynchronous } from '../stats/require-synchronous.js';
import { guarded } from '../stats/stats.js';
import type { CaptureOptions, IgnoreRule } from '../options/module-options.js';
import { CLIENT_CODES } from './graphql-codes.js';
import { isHealthResult } from './health-result.js';

/** What to do with a failure: `report` it, or only count it as `ignored` or `sampledOut`. */
export type Outcome = 'report' | 'ignored' | 'sampledOut';

/** Which failures are reported; compiled once from the options. */
export interface CapturePolicy {
  /**
   * @param status - the status of the failure; undefined if it has none
   * @param random - a number from 0 to 1
   */
  decide(error: unknown, status: number | undefined, host: ArgumentsHost | undefined, random: () => number): Outcome;
  /** Extension codes of GraphQL client errors. */
  readonly graphqlCodes: ReadonlySet<string>;
  ignores(error: unknown, host: ArgumentsHost | undefined): boolean;
}

type Matcher = (error: unknown, host: ArgumentsHost | undefined) => boolean;

/** Node also sends statuses from 600 to 999. */
const LAST_CLASS = 5;

export function compilePolicy(options: CaptureOptions): CapturePolicy {
  const matchers = (options.ignore ?? []).map(compileRule);
  const given = definedOnly(options.status ?? {});
  const rates = new Map(Object.entries({ '5xx': 1, ...given }));
  const reportsHealth = '503' in given || '5xx' in given;
  const rateOf = (status: number) =>
    rates.get(String(status)) ?? rates.get(`${Math.min(Math.floor(status / 100), LAST_CLASS)}xx`) ?? 0;
  const ignores: Matcher = (error, host) =>
    matchers.some((matches) => guarded('ignore', () => requireSynchronous(matches(error, host))) === true);
  return {
    graphqlCodes: new Set(options.graphqlCodes ?? CLIENT_CODES),
    ignores,
    decide: (error, status, host, random) => {
      if (ignores(error, host)) return 'ignored';
      if (status === undefined) return 'report';
      // The 503 of a failing health check is the intended response.
      const rate = status === 503 && !reportsHealth && isHealthResult(error) ? 0 : rateOf(status);
      if (rate === 0) return 'ignored';
      // A test must not depend on a random number.
      return rate === 1 || testKit.receive || random() < rate ? 'report' : 'sampledOut';
    },
  };
}

function definedOnly(rates: Partial<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== undefined)) as Record<string, number>;
}

function compileRule(rule: IgnoreRule): Matcher {
  if (typeof rule === 'string') {
    return (error) => nameOf(error) === rule || messageOf(error).includes(rule);
  }
  if (rule instanceof RegExp) {
    const pattern = new RegExp(rule.source, rule.flags.replace(/[gy]/g, '')); // both flags keep state
    return (error) => pattern.test(messageOf(error)) || pattern.test(`${nameOf(error)}: ${messageOf(error)}`);
  }
  if (isClass(rule)) return (error) => error instanceof rule;
  const predicate = rule as (error: unknown, host: ArgumentsHost | undefined) => boolean;
  return predicate;
}

/** Whether this is a class rather than a predicate: `class X {}`, or a function whose prototype is an error. */
function isClass(rule: object): rule is new (...args: never[]) => unknown {
  const prototype: unknown = (rule as { prototype?: unknown }).prototype;
  return rule === Error || prototype instanceof Error || /^class\b/.test(Function.prototype.toString.call(rule));
}

function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { name, constructor } = error as { name?: unknown; constructor?: { name?: unknown } };
  if (typeof name === 'string' && name !== 'Error') return name;
  return typeof constructor?.name === 'string' ? constructor.name : '';
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : '';
}

export type PolicyOf = (handler: Handler | undefined) => CapturePolicy;
