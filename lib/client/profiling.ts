import type { getDefaultIntegrations } from '@sentry/nestjs';
import { countFault } from '../stats/stats.js';
import { loadOptional } from '../optional-dependencies/load-optional.js';

type Integration = NonNullable<ReturnType<typeof getDefaultIntegrations>>[number];

/** The profiler of the SDK, where `@sentry/profiling-node` is installed and fits this platform. */
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
