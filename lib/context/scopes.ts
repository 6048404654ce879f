import { getClient, getIsolationScope, Scope, startNewTrace, withIsolationScope, withScope } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { withinOperation } from './operation.js';

type Client = NonNullable<ReturnType<typeof getClient>>;

const root = processWide<{ scope?: Scope }>('default-isolation-scope', () => ({}));

/** Remembers the isolation scope of the process; called when the SDK starts, outside of every request. */
export function rememberDefaultIsolationScope(): void {
  root.scope ??= getIsolationScope();
}

export function getDefaultIsolationScope(): Scope | undefined {
  return root.scope;
}

/**
 * Runs with an empty scope: the surrounding user, tags, breadcrumbs, operations and trace are not visible inside, and
 * nothing that is set inside is visible outside.
 */
export function runIsolated<T>(run: () => T): T {
  const client = getClient();
  if (!client) return run();
  return withIsolationScope(emptyScope(client), () =>
    withScope(emptyScope(client), () => startNewTrace(() => withinOperation(undefined, run))),
  );
}

/** Runs with a copy of the process scope without breadcrumbs and user: for code that belongs to no execution. */
export function runInProcessScope<T>(run: () => T): T {
  const client = getClient();
  if (!client) return run();
  const isolation = copyProcessScope(client);
  isolation.setUser(null);
  return withIsolationScope(isolation, () => withScope(emptyScope(client), () => startNewTrace(run)));
}

/** A copy of the process scope without breadcrumbs, which may come from timers. */
export function copyProcessScope(client: Client): Scope {
  const scope = (getDefaultIsolationScope() ?? getIsolationScope()).clone();
  scope.setClient(client);
  scope.clearBreadcrumbs();
  return scope;
}

export function emptyScope(client: Client): Scope {
  const scope = new Scope();
  scope.setClient(client);
  return scope;
}
