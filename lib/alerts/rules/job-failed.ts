import type { AlertRule, JobFailedOptions } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import { count } from '../../options/schema.js';
import { buildRule } from './build-rule.js';
import { match, within } from './checks.js';
import { compileMatch } from './filter.js';
import type { RuleKind } from './rule-kind.js';
import { windowCounting } from './window-counts.js';
import { counted, durationText } from './words.js';

const WITHIN = '5m';

export const jobFailedKind: RuleKind<'jobFailed'> = {
  kind: 'jobFailed',
  defaultName: 'job-failed',
  options: { queue: match, job: match, above: count, within },
  required: [],
  compile({ queue, job, above = 0, within: window = WITHIN }) {
    const milliseconds = parseDuration(window) ?? 0;
    const ofQueue = queue === undefined ? undefined : compileMatch(queue);
    const ofJob = job === undefined ? undefined : compileMatch(job);
    return {
      counting: windowCounting({
        within: milliseconds,
        holds: (failed) => failed > above,
        title: (failed) => `${counted(failed, 'job')} failed within ${durationText(milliseconds)}`,
      }),
      failedJob(facts, tally) {
        const failed = facts.execution.job;
        if (!failed) return;
        if (ofQueue && (failed.queue === undefined || !ofQueue(failed.queue))) return;
        if (ofJob && !ofJob(failed.name)) return;
        tally.addBad(facts);
      },
    };
  },
};

/**
 * Fires when more than `above` jobs of BullMQ or of `@nestjs/schedule` fail for good within a window.
 *
 * @throws ConfigurationError - if an option is unknown or out of its range
 * @example
 * ```ts
 * import { jobFailed } from 'nestjs-error-tracker/alerts';
 *
 * jobFailed({ queue: 'invoices', notify: ['team'] });
 * ```
 */
export function jobFailed(options: JobFailedOptions = {}): AlertRule {
  return buildRule(jobFailedKind, options);
}
