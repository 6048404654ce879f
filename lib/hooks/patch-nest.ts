import { patchBootstrap, patchStarts } from './bootstrap.js';
import { patchExternalContexts } from './external-contexts.js';
import { patchHttpExceptions, policyOfAdapter } from './http-exceptions.js';
import { patchInterceptors } from './interceptors.js';
import { patchApplications } from './patch-application.js';
import { patchEventStreams } from './streamed-responses.js';

/**
 * Installs every hook on Nest itself, once per process.
 *
 * @returns false if HTTP exceptions cannot be hooked and need a filter
 */
export function patchNest(): boolean {
  patchExternalContexts();
  patchInterceptors();
  patchEventStreams(policyOfAdapter);
  patchBootstrap(policyOfAdapter);
  const isPatched = patchHttpExceptions();
  const isReached = patchApplications((prototype) => {
    patchStarts(prototype, policyOfAdapter);
  });
  return isPatched || isReached;
}
