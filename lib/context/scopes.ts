import { getClient, getIsolationScope, Scope, startNewTrace, withIsolationScope, withScope } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { withinOperation } from './operation.js';

type Client = NonNullable<ReturnType<typeof getClient>>;

const root = processWide<{ scope?: Scope }>('default-isolation-scope', () => ({}));

/** Remembers the isolation scope of the process itself; called where the SDK is started, outside of every request. */
export function rememberDefaultIsolationScope(): void {
  root.scope ??= getIsolationScope();
}

export function getDefaultIsolationScope(): Scope | undefined {
  return root.scope;
}

/**
 * Runs with a scope of its own: nothing of the surrounding user, tags, breadcrumbs, operations and trace comes in,
 * nothing that is set inside goes out.
 */
export function runIsolated<T>(run: () => T): T {
  const client = getClient();
  if (!client) return run();
  return withIsolationScope(emptyScope(client), () =>
    withScope(emptyScope(client), () => startNewTrace(() => withinOperation(undefined, run))),
  );
}

/** Runs with what the process itself has set on its scope, less breadcrumbs and user: for what belongs to no execution. */
export function runInProcessScope<T>(run: () => T): T {
  const client = getClient();
  if (!client) return run();
  const isolation = (getDefaultIsolationScope() ?? getIsolationScope()).clone();
  isolation.setClient(client);
  isolation.clearBreadcrumbs();
  isolation.setUser(null);
  return withIsolationScope(isolation, () => withScope(emptyScope(client), () => startNewTrace(run)));
}

function emptyScope(client: Client): Scope {
  const scope = new Scope();
  scope.setClient(client);
  return scope;
}
