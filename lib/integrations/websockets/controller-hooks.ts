import { guarded } from '../../stats/stats.js';
import { rememberHandshake } from './client-facts.js';
import { gatewayEvent, runGatewayEvent } from './gateway-execution.js';
import { watchedTarget, type LifecycleMethod } from './lifecycle.js';
import type { Subscription, WebSocketsController } from './nest-shapes.js';

/** The gateway that Nest ties to its server right now, and the application that it belongs to. */
interface Tie {
  gateway: object;
  host: object;
}

/** Here Nest knows the gateway, the method and the pattern of every subscription. */
export function hookController(prototype: WebSocketsController): void {
  /* eslint-disable @typescript-eslint/unbound-method -- Nest's own methods, called with the `this` of the hooks */
  let tie: Tie | undefined;
  const { subscribeEvents, getConnectionHandler } = prototype;
  prototype.subscribeEvents = function (gateway, subscriptions, ...rest) {
    const outer = tie;
    tie = guarded('gateway-hooks', () => tieOf(this, gateway));
    try {
      subscribeEvents.call(this, gateway, tie ? watchedSubscriptions(subscriptions, tie) : subscriptions, ...rest);
    } finally {
      tie = outer;
    }
  };
  const hookLifecycle = (
    subscribe: 'subscribeInitEvent' | 'subscribeConnectionEvent' | 'subscribeDisconnectEvent',
    method: LifecycleMethod,
  ) => {
    const plain = prototype[subscribe];
    if (typeof plain !== 'function') return;
    prototype[subscribe] = function (target, event) {
      const { gateway, host } = tie ?? {};
      const watched = gateway && host && guarded('gateway-hooks', () => watchedTarget(target, gateway, method, host));
      plain.call(this, watched ?? target, event);
    };
  };
  hookLifecycle('subscribeInitEvent', 'afterInit');
  hookLifecycle('subscribeConnectionEvent', 'handleConnection');
  hookLifecycle('subscribeDisconnectEvent', 'handleDisconnect');
  if (typeof getConnectionHandler !== 'function') return;
  prototype.getConnectionHandler = function (...args) {
    const handler = getConnectionHandler.apply(this, args);
    return function (this: unknown, ...clientAndRequest) {
      rememberHandshake(clientAndRequest[0], clientAndRequest[1]);
      return handler.apply(this, clientAndRequest);
    };
  };
  /* eslint-enable @typescript-eslint/unbound-method */
}

function tieOf(controller: WebSocketsController, gateway: object): Tie | undefined {
  const host = controller.contextCreator?.exceptionFiltersContext?.container?.getHttpAdapterHostRef();
  const { instance } = gateway as { instance?: object };
  const isWrapper = instance !== undefined && 'metatype' in gateway;
  return host && { gateway: isWrapper ? instance : gateway, host };
}

function watchedSubscriptions(subscriptions: Subscription[], { gateway, host }: Tie): Subscription[] {
  return subscriptions.map((subscription) => {
    const event = guarded('gateway-hooks', () =>
      gatewayEvent(host, gateway, subscription.methodName, patternText(subscription.message)),
    );
    if (!event) return subscription;
    const { callback } = subscription;
    return {
      ...subscription,
      callback(this: unknown, ...args) {
        return runGatewayEvent(event, args[0], args[1], () => Promise.resolve(callback.apply(this, args)));
      },
    };
  });
}

function patternText(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
