import { isReference } from '../context/operation-chain.js';
import { processWide } from '../process-state/process-wide.js';

type Listener = (reason: unknown) => void;

const state = processWide<{ errors: WeakSet<object>; value?: { reason: unknown }; listener?: Listener }>(
  'failed-starts',
  () => ({ errors: new WeakSet() }),
);

/** The name of the SDK's listener for unhandled rejections, the same in Sentry 10 and 11. */
const SDK_LISTENER = 'sendUnhandledPromise';
/** Modes in which Node itself keeps the process alive after an unhandled rejection. */
const TOLERANT = /--unhandled-rejections[= ](none|warn)(?!-)/;

/**
 * Remembers the error that stopped an application from starting. If the error is not handled, Node would end the
 * process with code 1, but the SDK's listener for unhandled rejections keeps the process alive or lets it end with code
 * 0.
 */
export function noteFailedStart(error: unknown): void {
  if (isReference(error)) state.errors.add(error);
  else state.value = { reason: error };
  if (state.listener || process.listenerCount('unhandledRejection') === 0) return;
  state.listener = (reason) => {
    if (isFailedStart(reason) && wouldEnd()) process.exit(1);
  };
  process.on('unhandledRejection', state.listener);
}

export function isFailedStart(reason: unknown): boolean {
  return isReference(reason) ? state.errors.has(reason) : state.value !== undefined && state.value.reason === reason;
}

/** Whether Node would end the process without the listeners of the SDK and of this file. */
function wouldEnd(): boolean {
  if (TOLERANT.test([...process.execArgv, process.env.NODE_OPTIONS].join(' '))) return false;
  const isOwn = (listener: { name: string }) => listener === state.listener || listener.name === SDK_LISTENER;
  if (!process.listeners('unhandledRejection').every(isOwn)) return false;
  return wouldEndByException();
}

/** Whether Node would end the process without the SDK's listener for uncaught exceptions. */
export function wouldEndByException(): boolean {
  return process.listeners('uncaughtException').every(isOfSdk);
}

/** Whether the SDK has added this listener for uncaught exceptions. */
export function isOfSdk(listener: object): boolean {
  return '_errorHandler' in listener;
}
