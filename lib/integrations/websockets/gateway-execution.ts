import type { PolicyOf } from '../../capture/policy.js';
import { trackedApplication } from '../../capture/application-registry.js';
import { currentExecution, type Execution, type Handler } from '../../context/execution.js';
import { handlerOf } from '../../context/handler.js';
import { runExecution } from '../../context/run-execution.js';
import { countFault } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { traceOf, userOf } from './client-facts.js';

/** An event that a gateway method handles; compiled when the gateway is connected to its server. */
export interface GatewayEvent {
  name: string;
  handler: Handler;
  tags: Record<string, string>;
  /** The application's `HttpAdapterHost`, which identifies the application. */
  host: object;
}

const policies = processWide('gateway-policies', () => new WeakMap<Execution, PolicyOf>());

/** The policy of the current event; undefined outside of events. */
export function policyOfEvent(): PolicyOf | undefined {
  return policies.get(currentExecution());
}

/** @param event - the name of a socket event or of a lifecycle method */
export function gatewayEvent(host: object, gateway: object, method: string, event: string): GatewayEvent {
  const type = gateway.constructor;
  const callback = (Object.getPrototypeOf(gateway) as Record<string, unknown>)[method] as object | undefined;
  return {
    name: `ws ${event}`,
    handler: handlerOf(type, method, callback),
    tags: { pattern: event, kind: 'ws' },
    host,
  };
}

/** Runs one event as a separate execution if its application imports `SentryModule`. */
export function runGatewayEvent<T>(
  event: GatewayEvent,
  client: unknown,
  payload: unknown,
  work: () => Promise<T>,
): Promise<T> {
  const owner = trackedApplication(event.host);
  if (!owner) return work();
  let begun = false as boolean;
  const { name, handler, tags } = event;
  try {
    return runExecution(
      {
        kind: 'ws',
        op: 'websocket.server',
        name,
        handler,
        tags,
        application: owner.context,
        request: client,
        userOf: () => userOf(client),
        payload,
        trace: traceOf(client),
      },
      () => {
        begun = true;
        policies.set(currentExecution(), owner.policyOf);
        return work();
      },
    );
  } catch (error) {
    if (begun) throw error;
    countFault('gateway-execution');
    return work();
  }
}
