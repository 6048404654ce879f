import { isPromise } from 'node:util/types';
import { guarded } from '../../stats/stats.js';
import { gatewayEvent, runGatewayEvent, type GatewayEvent } from './gateway-execution.js';
import { reportLifecycleError } from './gateway-failure.js';
import type { Callback } from './nest-shapes.js';

/** The lifecycle methods of a gateway, and their event names. */
export const LIFECYCLE = { afterInit: 'init', handleConnection: 'connect', handleDisconnect: 'disconnect' } as const;
export type LifecycleMethod = keyof typeof LIFECYCLE;

/**
 * The target that Nest subscribes instead of a gateway (Nest 11) or its bound method (Nest 12).
 *
 * @param gateway - the gateway itself
 */
export function watchedTarget(target: unknown, gateway: object, method: LifecycleMethod, host: object): unknown {
  if (typeof target === 'function') {
    return watched(gatewayEvent(host, gateway, method, LIFECYCLE[method]), target as Callback);
  }
  const own = target as Record<string, unknown> | undefined;
  if (typeof own?.[method] !== 'function') return target;
  // Nest 11 looks up the method for each event, so a gateway may replace it.
  const call: Callback = (...args) => (own[method] as Callback).apply(own, args);
  const copy = Object.create(own) as Record<string, unknown>;
  copy[method] = watched(gatewayEvent(host, gateway, method, LIFECYCLE[method]), call);
  return copy;
}

/** Fails like the method: synchronously if it throws, as an unhandled rejection if its Promise rejects. */
function watched(event: GatewayEvent, call: Callback): Callback {
  return (...args) => {
    const outcome: Outcome = {};
    const client = event.handler.method === 'afterInit' ? undefined : args[0];
    const settled = runGatewayEvent(event, client, undefined, () => follow(outcome, () => call(...args)));
    if (outcome.promised) return settled;
    settled.then(undefined, () => undefined); // the error is thrown below
    if (outcome.thrown) throw outcome.thrown.error;
    return outcome.value;
  };
}

interface Outcome {
  thrown?: { error: unknown };
  value?: unknown;
  promised?: boolean;
}

function follow(outcome: Outcome, call: () => unknown): Promise<void> {
  try {
    outcome.value = call();
  } catch (error) {
    guarded('gateway-failure', () => {
      reportLifecycleError(error);
    });
    outcome.thrown = { error };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the application threw
    return Promise.reject(error);
  }
  // Nest does not await the result, so other thenables must not be run.
  if (!isPromise(outcome.value)) return Promise.resolve();
  outcome.promised = true;
  return outcome.value.then(
    () => undefined,
    (error: unknown) => {
      guarded('gateway-failure', () => {
        reportLifecycleError(error);
      });
      throw error;
    },
  );
}
