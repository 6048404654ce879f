import type { Integration } from './integration.js';
import { countFault } from '../stats/stats.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';

/** The SDK's profiler, if `@sentry/profiling-node` is installed and supports this platform. */
export function profilingIntegration(): Integration | undefined {
  try {
    return loadOptional<{ nodeProfilingIntegration(): Integration }>(
      '@sentry/profiling-node',
    )?.nodeProfilingIntegration();
  } catch {
    countFault('profiling');
    return undefined;
  }
}
