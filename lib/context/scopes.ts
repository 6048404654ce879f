import {
  getClient,
  getCurrentScope,
  getIsolationScope,
  Scope,
  withActiveSpan,
  withIsolationScope,
  withScope,
  type Span,
} from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { withinOperation } from './operation.js';

type Client = NonNullable<ReturnType<typeof getClient>>;
type ScopeData = ReturnType<Scope['getScopeData']>;

const root = processWide<{ scope?: Scope; baseline?: ScopeData; hasChanged: boolean }>(
  'default-isolation-scope',
  () => ({
    hasChanged: false,
  }),
);

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
    withScope(emptyScope(client), () => inOwnTrace(() => withinOperation(undefined, run))),
  );
}

/** Runs with a copy of the process scope without breadcrumbs and user: for code that belongs to no execution. */
export function runInProcessScope<T>(run: () => T): T {
  const client = getClient();
  if (!client) return run();
  const isolation = copyProcessScope(client);
  isolation.setUser(null);
  return withIsolationScope(isolation, () => withScope(emptyScope(client), () => inOwnTrace(run)));
}

/** In the trace of the new scope. The SDK's `startNewTrace` would name a parent span that nobody sends. */
export function inOwnTrace<T>(run: () => T): T {
  return withActiveSpan(null, run);
}

/**
 * Remembers the data that the application has set on the process scope by the time it has started. Data that timers and
 * other work outside of executions set there later is not copied into executions.
 */
export function rememberProcessBaseline(): void {
  const { scope } = root;
  if (!scope) return;
  if (!root.baseline) {
    scope.addScopeListener(() => {
      root.hasChanged = true;
    });
  }
  root.baseline = scope.getScopeData();
  root.hasChanged = false;
}

/** Removes from a copy of the process scope all breadcrumbs, and all data set after the application had started. */
export function forgetProcessState(copy: Scope): void {
  copy.clearBreadcrumbs();
  const { baseline, hasChanged } = root;
  if (!baseline || !hasChanged) return;
  const { tags, extra, contexts } = copy.getScopeData();
  copy.setUser(baseline.user);
  copy.setTags({ ...cleared(tags), ...baseline.tags });
  copy.setExtras({ ...cleared(extra), ...baseline.extra });
  for (const name of Object.keys(contexts)) copy.setContext(name, baseline.contexts[name] ?? null);
}

function cleared(values: object): Record<string, undefined> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, undefined]));
}

/** A copy of the process scope for an execution. */
export function copyProcessScope(client: Client): Scope {
  const scope = (getDefaultIsolationScope() ?? getIsolationScope()).clone();
  scope.setClient(client);
  forgetProcessState(scope);
  return scope;
}

export function emptyScope(client: Client): Scope {
  const scope = new Scope();
  scope.setClient(client);
  return scope;
}

/** Sentry 10 draws a trace id for a root span: what has no active span belongs to the same trace. */
export function joinTraceOf(span: Span): void {
  const scope = getCurrentScope();
  const context = scope.getPropagationContext();
  const { traceId } = span.spanContext();
  if (context.traceId !== traceId) scope.setPropagationContext({ ...context, traceId });
}
