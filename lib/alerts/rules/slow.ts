import type { AlertRule, SlowOptions } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import { atLeast } from '../../options/schema.js';
import { buildRule } from './build-rule.js';
import { match, positiveDuration, share as shareCheck, within } from './checks.js';
import { MIN_REQUESTS } from './error-rate.js';
import { compileRoute, EXECUTION_CONDITIONS } from './filter.js';
import type { RuleKind } from './rule-kind.js';
import { windowCounting } from './window-counts.js';
import { counted, durationText, percent } from './words.js';

export const slowKind: RuleKind<'slow'> = {
  kind: 'slow',
  defaultName: 'slow',
  options: { above: positiveDuration, share: shareCheck, within, minRequests: atLeast(1), route: match },
  required: ['above', 'share', 'within'],
  where: EXECUTION_CONDITIONS,
  compile({ above, share, within: window, minRequests = MIN_REQUESTS, route }, path) {
    const limit = parseDuration(above) ?? 0;
    const milliseconds = parseDuration(window) ?? 0;
    const matches = route === undefined ? undefined : compileRoute(route, `${path}.route`);
    return {
      counting: windowCounting({
        within: milliseconds,
        holds: (slow, total) => total >= minRequests && slow > share * total,
        title: (slow, total) =>
          `${percent(slow, Math.max(total, 1))} of ${counted(total, 'request')} took longer than ` +
          `${durationText(limit)} within ${durationText(milliseconds)}`,
      }),
      execution(facts, tally) {
        if (matches && !matches(facts.name)) return;
        tally.total++;
        if (facts.duration > limit) tally.addBad(facts);
      },
    };
  },
};

/**
 * Fires when more than a share of requests, messages and jobs takes longer than `above` within a window.
 *
 * @throws ConfigurationError - if an option is missing, unknown or out of its range
 * @example
 * ```ts
 * import { slow } from 'nestjs-error-tracker/alerts';
 *
 * slow({ above: '2s', share: 0.1, within: '10m', route: 'POST /payments' });
 * ```
 */
export function slow(options: SlowOptions): AlertRule {
  return buildRule(slowKind, options);
}
