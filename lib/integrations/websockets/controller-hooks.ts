import { patchMethod } from '../../hooks/patch-method.js';
import { guarded } from '../../stats/stats.js';
import { rememberHandshake } from './client-facts.js';
import { gatewayEvent, runGatewayEvent } from './gateway-execution.js';
import { watchedTarget, type LifecycleMethod } from './lifecycle.js';
import type { Subscription, WebSocketsController } from './nest-shapes.js';

/** The gateway that Nest is currently connecting to its server, and its application. */
interface Tie {
  gateway: object;
  host: object;
}

const HOOK = 'websockets';
const CONTROLLER = { module: '@nestjs/websockets/web-sockets-controller.js', className: 'WebSocketsController' };
const LIFECYCLE_SUBSCRIPTIONS = [
  ['subscribeInitEvent', 'afterInit'],
  ['subscribeConnectionEvent', 'handleConnection'],
  ['subscribeDisconnectEvent', 'handleDisconnect'],
] as const satisfies readonly (readonly [keyof WebSocketsController, LifecycleMethod])[];

/** Hooks the class in which Nest knows the gateway, method and pattern of every subscription. */
export function trackController(): void {
  let tie: Tie | undefined;
  patchMethod<WebSocketsController, 'subscribeEvents'>(
    HOOK,
    CONTROLLER,
    'subscribeEvents',
    (subscribeEvents) =>
      function (gateway, subscriptions, ...rest) {
        const outer = tie;
        tie = guarded('gateway-hooks', () => tieOf(this, gateway));
        try {
          subscribeEvents.call(this, gateway, tie ? watchedSubscriptions(subscriptions, tie) : subscriptions, ...rest);
        } finally {
          tie = outer;
        }
      },
  );
  for (const [subscribe, method] of LIFECYCLE_SUBSCRIPTIONS) {
    patchMethod<WebSocketsController, typeof subscribe>(
      HOOK,
      CONTROLLER,
      subscribe,
      (plain) =>
        function (target, event) {
          const { gateway, host } = tie ?? {};
          const watched =
            gateway && host && guarded('gateway-hooks', () => watchedTarget(target, gateway, method, host));
          plain.call(this, watched ?? target, event);
        },
    );
  }
  patchMethod<WebSocketsController, 'getConnectionHandler'>(
    HOOK,
    CONTROLLER,
    'getConnectionHandler',
    (getConnectionHandler) =>
      function (...args) {
        const handler = getConnectionHandler.apply(this, args);
        return function (this: unknown, ...clientAndRequest) {
          rememberHandshake(clientAndRequest[0], clientAndRequest[1]);
          return handler.apply(this, clientAndRequest);
        };
      },
  );
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
