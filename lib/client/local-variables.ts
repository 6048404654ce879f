import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';
import { processWide, processWideKey } from '../process-state/process-wide.js';
import { countFault, guarded } from '../stats/stats.js';
import type { Integration } from './integration.js';
import { WORKER_SOURCE } from './local-variables-worker.js';

/** The property of the thrown object in which the SDK writes and reads the variables. */
const SDK_PROPERTY = '__SENTRY_ERROR_LOCAL_VARIABLES__';
const STORE = 'local-variables';

/** Function names and variables of the frames in which an object was thrown, innermost first. */
const framesOf = processWide(STORE, () => new WeakMap<object, unknown[]>());

/** Milliseconds. */
const LONGEST_DISCONNECT = 200;

const replacements = new WeakSet<Integration>();

/**
 * The SDK's integration for local variables, without its side effects: the original sets the variables on the thrown
 * object, where logs and responses show them, and opens the debugger port, which prints a line. Here the worker keeps
 * them in a separate store, through a connection that needs no port; the SDK still adds them to the event.
 */
export function localVariablesBesideErrors(sdk: Integration): Integration {
  if (replacements.has(sdk)) return sdk;
  const replacement: Integration = {
    ...sdk,
    setup: (client) => {
      const { includeLocalVariables } = client.getOptions() as { includeLocalVariables?: boolean };
      // With `--inspect`, each pause would also stop in the user's debugger.
      if (!includeLocalVariables || inspector.url() !== undefined) return;
      const endWorker = guarded(STORE, startWorker);
      if (endWorker) client.on('close', endWorker);
    },
    processEvent: (event, hint, client) => {
      const thrown = hint.originalException as object | null | undefined;
      const frames = typeof thrown === 'object' && thrown !== null ? framesOf.get(thrown) : undefined;
      if (!frames || !sdk.processEvent) return event;
      framesOf.delete(thrown as object);
      return sdk.processEvent(event, { ...hint, originalException: { [SDK_PROPERTY]: frames } }, client);
    },
  };
  replacements.add(replacement);
  return replacement;
}

/** @returns ends the worker */
function startWorker(): () => void {
  const worker = new Worker(WORKER_SOURCE, {
    eval: true,
    workerData: { storeKey: processWideKey(STORE) },
    // The flags of the application (`--require`, `--import`) would start it again.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  worker.once('error', () => {
    countFault(STORE);
  });
  const end = () => {
    process.off('exit', endAtExit);
    void worker.terminate();
  };
  const endAtExit = () => {
    disconnect(worker);
    end();
  };
  process.once('exit', endAtExit);
  worker.unref();
  return end;
}

/** Waits until the worker has disconnected from this thread. */
function disconnect(worker: Worker): void {
  const ended = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  worker.postMessage(ended);
  Atomics.wait(ended, 0, 0, LONGEST_DISCONNECT);
}
