import { patchBootstrap, patchStarts } from './bootstrap.js';
import { patchExternalContexts } from './external-contexts.js';
import { patchHttpExceptions, policyOfAdapter } from './http-exceptions.js';
import { reachApplications } from './reach-application.js';
import { patchEventStreams } from './streamed-responses.js';

/**
 * Puts every hook on Nest itself in place, once in a process.
 *
 * @returns false if HTTP exceptions cannot be seen this way: a filter has to do it
 */
export function patchNest(): boolean {
  patchExternalContexts();
  patchEventStreams(policyOfAdapter);
  patchBootstrap(policyOfAdapter);
  const isPatched = patchHttpExceptions();
  const isReached = reachApplications((prototype) => {
    patchStarts(prototype, policyOfAdapter);
  });
  return isPatched || isReached;
}
