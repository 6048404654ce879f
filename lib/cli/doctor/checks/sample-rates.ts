import type { Check } from '../examination.js';
import type { Finding } from '../finding.js';

/** From here on, tracing in production is a matter of cost. The preset has 0.1. */
const HIGH = 0.5;

/** `sample-rate-zero`, `traces-sample-rate-high`. */
export const sampleRatesFit: Check = {
  topic: 'performance',
  run: ({ options }) => {
    if (!options?.enabled) return [];
    const { sampleRate, tracesSampleRate, preset, environment, hasTracesSampler } = options;
    const findings: Finding[] = [];
    if (sampleRate === 0) {
      findings.push({
        id: 'sample-rate-zero',
        severity: 'error',
        what: 'The sample rate of errors is 0.',
        why: 'No error is reported.',
        fix: 'Remove sampleRate, SENTRY_SAMPLE_RATE or SENTRY_ERROR_SAMPLE_RATE (the default is 1), or set SENTRY_ENABLED=false if this is intended.',
      });
    }
    if (preset === 'production' && tracesSampleRate >= HIGH && !hasTracesSampler) {
      findings.push({
        id: 'traces-sample-rate-high',
        severity: 'warning',
        what: `${Math.round(tracesSampleRate * 100)} % of traces are sent in the environment '${environment}'.`,
        why: 'Each traced request costs processor time and quota.',
        fix: 'Set SENTRY_TRACES_SAMPLE_RATE=0.1, and name the routes that are always traced in sampling.critical.',
      });
    }
    return findings;
  },
};
