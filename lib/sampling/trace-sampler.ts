import { rate as checkRate } from '../options/schema.js';
import { type SamplingOptions } from '../options/sampling-options.js';
import { executionName, type NamedExecution } from './execution-name.js';
import { compilePatterns, type NameMatcher } from './name-pattern.js';
import { compileTracePresets } from './trace-presets.js';

export interface TracedExecution extends NamedExecution {
  /** The decision of the incoming trace; undefined if the trace starts here. */
  parentSampled?: boolean;
  /** Whether the handler is marked as critical. */
  critical?: boolean;
}

/** The rate of executions like this one that are traced, from 0 to 1. */
export type TraceSampler = (execution: TracedExecution) => number;

/**
 * Compiles trace sampling. In order of precedence: the decision of the parent trace, `critical`, the first matching rule,
 * the presets, `tracesSampleRate`.
 *
 * @param at path of the options, for error messages
 * @throws ConfigurationError for a wrong pattern or rate
 */
export function compileTraceSampler(
  options: SamplingOptions | undefined,
  tracesSampleRate: number,
  at = 'sampling',
): TraceSampler {
  const rules: Array<{ matches: NameMatcher; rate: number }> = [];
  if (options?.critical?.length) rules.push({ matches: compilePatterns(options.critical, `${at}.critical`), rate: 1 });
  for (const [index, { match, rate }] of (options?.traces ?? []).entries()) {
    checkRate(rate, `${at}.traces[${index}].rate`);
    rules.push({ matches: compilePatterns(match, `${at}.traces[${index}].match`), rate });
  }
  if (options?.presets !== false) rules.push({ matches: compileTracePresets(), rate: 0 });

  return (execution) => {
    if (execution.parentSampled !== undefined) return execution.parentSampled ? 1 : 0;
    if (execution.critical === true) return 1;
    if (rules.length === 0) return tracesSampleRate;
    const name = executionName(execution);
    for (const rule of rules) if (rule.matches(name)) return rule.rate;
    return tracesSampleRate;
  };
}
