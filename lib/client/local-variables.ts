import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';
import { processWide, processWideKey } from '../process-state/process-wide.js';
import { countFault, guarded } from '../stats/stats.js';
import type { Integration } from './integration.js';
import { WORKER_SOURCE } from './local-variables-worker.js';

/** The property of the thrown object in which the SDK's own worker leaves the variables, and in which it reads them. */
const SDK_PROPERTY = '__SENTRY_ERROR_LOCAL_VARIABLES__';
const STORE = 'local-variables';

/** Function names and variables of the frames in which an object was thrown, innermost first. */
const framesOf = processWide(STORE, () => new WeakMap<object, unknown[]>());

/**
 * The SDK's integration for local variables, without what it does to the application: it hangs the variables on the
 * thrown object, where logs and responses show them, and opens the port of the debugger, with a line in the output for
 * it. Here the worker leaves them in a store beside the object, through a connection that needs no port; the SDK still
 * puts them into the event.
 */
export function localVariablesBesideErrors(sdk: Integration): Integration {
  return {
    ...sdk,
    setup: (client) => {
      const { includeLocalVariables } = client.getOptions() as { includeLocalVariables?: boolean };
      // With `--inspect`, each pause would be one in the debugger of the user.
      if (includeLocalVariables && inspector.url() === undefined) guarded(STORE, startWorker);
    },
    processEvent: (event, hint, client) => {
      const thrown = hint.originalException as object | null | undefined;
      const frames = typeof thrown === 'object' && thrown !== null ? framesOf.get(thrown) : undefined;
      if (!frames || !sdk.processEvent) return event;
      framesOf.delete(thrown as object);
      return sdk.processEvent(event, { ...hint, originalException: { [SDK_PROPERTY]: frames } }, client);
    },
  };
}

function startWorker(): void {
  const worker = new Worker(WORKER_SOURCE, {
    eval: true,
    workerData: { storeKey: processWideKey(STORE) },
    // The flags of the application (`--require`, `--import`) would start it once more.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  worker.once('error', () => {
    countFault(STORE);
  });
  process.once('exit', () => void worker.terminate());
  worker.unref();
}
