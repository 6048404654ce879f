import { getCurrentScope, getIsolationScope, withIsolationScope, withScope } from '@sentry/nestjs';
import type { ContextRunner } from '../process-state/context-runner.js';

/**
 * Keeps the current scopes, and with them the active span, for calls that come from another asynchronous context. What
 * the application keeps in an `AsyncLocalStorage` is that of the call.
 */
export function keepScopes(): ContextRunner {
  const isolation = getIsolationScope();
  const current = getCurrentScope();
  return (run) => withIsolationScope(isolation, () => withScope(current, run));
}
