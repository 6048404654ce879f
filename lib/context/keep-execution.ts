import { keepScopes } from '../client/keep-scopes.js';
import type { ContextRunner } from '../process-state/context-runner.js';
import { currentHandlerContext, withHandlerContext } from './handler-context.js';
import { currentOperation, withinOperation } from './operation.js';

/**
 * Keeps the current execution for the application's code that is called from elsewhere: an Observable that a transport
 * subscribes to, a listener of a stream.
 */
export function keepExecution(): ContextRunner {
  const inScopes = keepScopes();
  const operation = currentOperation();
  const handlerContext = currentHandlerContext();
  return (run) => inScopes(() => withinOperation(operation, () => withHandlerContext(handlerContext, run)));
}
