import { getCurrentScope, type Scope } from '@sentry/nestjs';
import { compileQuota, useQuota } from '../capture/quota/enforce-quota.js';
import { clientState } from '../client/state.js';
import { executionOf } from '../context/execution.js';
import { getDefaultIsolationScope } from '../context/scopes.js';
import { delivery } from '../delivery/counts.js';
import { testKit } from '../process-state/test-kit.js';
import { stats } from '../stats/stats.js';
import { arrivals } from './arrivals.js';
import { settle } from './settle.js';

/** Makes each test begin as the first one: nothing that an earlier test has reported, set or used up is left. */
export async function reset(): Promise<void> {
  if (!testKit.receive) return;
  if (clientState.options) useQuota(compileQuota(clientState.options, ''));
  await settle();
  for (const scope of [getDefaultIsolationScope(), getCurrentScope()]) if (scope) empty(scope);
  Object.assign(stats.capture, { reported: 0, ignored: 0, sampledOut: 0, throttled: 0 });
  clear(stats.faults);
  clear(delivery.dropped);
  Object.assign(delivery, { delivered: 0, retried: 0, lastSuccess: undefined, lastFailure: undefined });
  arrivals.forget();
}

/** What a test has set outside of requests. Sentry 11 has no `scope.clear()`; a user of `null` would hide that of other scopes. */
function empty(scope: Scope): void {
  const { tags, extra, contexts } = scope.getScopeData();
  scope.setUser({}).clearBreadcrumbs().setTags(withoutValues(tags)).setExtras(withoutValues(extra));
  for (const name of Object.keys(contexts)) scope.setContext(name, null);
  Object.assign(executionOf(scope), {
    userWasSet: false,
    reported: { objects: new WeakMap(), values: new Map() },
    chains: { objects: new WeakMap(), values: new Map() },
  });
}

function withoutValues(values: object): Record<string, undefined> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, undefined]));
}

function clear(counts: Record<string, number>): void {
  for (const key of Object.keys(counts)) Reflect.deleteProperty(counts, key);
}
