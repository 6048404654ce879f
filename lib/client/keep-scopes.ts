import { getCurrentScope, getIsolationScope, withIsolationScope, withScope } from '@sentry/nestjs';
import type { ContextRunner } from '../process-state/context-runner.js';

/** Whether `withScope()` of a scope also enters its isolation scope, as in Sentry 10; not known before the first time. */
let entersBoth = true;

/**
 * Keeps the current scopes, and with them the active span, for calls that come from another asynchronous context. What
 * the application keeps in an `AsyncLocalStorage` is that of the call.
 */
export function keepScopes(): ContextRunner {
  const isolation = getIsolationScope();
  const current = getCurrentScope();
  const enterBoth: ContextRunner = (run) => withIsolationScope(isolation, () => withScope(current, run));
  return (run) => {
    // Each context that is entered costs more than most listeners.
    if (getIsolationScope() === isolation) return getCurrentScope() === current ? run() : withScope(current, run);
    if (!entersBoth) return enterBoth(run);
    return withScope(current, () => {
      if (getIsolationScope() === isolation) return run();
      entersBoth = false;
      return enterBoth(run);
    });
  };
}
