import type { getDefaultIntegrations } from '@sentry/nestjs';
import { countFault } from '../ledger/ledger.js';
import { loadPartner } from '../partners/load-partner.js';

type Integration = NonNullable<ReturnType<typeof getDefaultIntegrations>>[number];

/** The profiler of the SDK, where `@sentry/profiling-node` is installed and fits this platform. */
export function profilingIntegration(): Integration | undefined {
  try {
    return loadPartner<{ nodeProfilingIntegration(): Integration }>(
      '@sentry/profiling-node',
    )?.nodeProfilingIntegration();
  } catch {
    countFault('profiling');
    return undefined;
  }
}
