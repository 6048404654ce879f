import { isReference } from '../context/chain.js';
import { runsFoundCopy } from './nest-copy.js';
import { patchCopy, patchPrototype } from './patch-method.js';

/** The parts of an application or a microservice that lead to the classes of its transports; the same in Nest 11 and 12. */
export interface TransportHolder {
  readonly microservicesModule?: MicroservicesModule | null;
  readonly socketModule?: SocketModule | null;
  readonly serverInstance?: object;
  readonly container?: { getModules(): Map<unknown, { providers: Map<unknown, { instance?: unknown }> }> };
}
interface MicroservicesModule {
  listenersController?: { contextCreator?: { rpcProxy?: object; exceptionFiltersContext?: object } };
  setupListeners(...args: unknown[]): unknown;
}
interface SocketModule {
  webSocketsController?: { contextCreator?: { wsProxy?: object; exceptionFiltersContext?: object } };
  connectAllGateways(...args: unknown[]): unknown;
}

/** Clients and servers whose messages carry traces. */
const CARRIER = /^(Client|Server)(TCP|Redis|Nats|RMQ|Mqtt)$/;

/** Hooks the copies of the transports' packages that the application runs, before handlers are registered. */
export function reachTransports({
  microservicesModule,
  socketModule,
  serverInstance,
  container,
}: TransportHolder): void {
  if (microservicesModule) reachMessageHandlers(microservicesModule);
  if (socketModule) reachGateways(socketModule);
  if (runsFoundCopy) return;
  reachCarrier(serverInstance);
  for (const { providers } of container?.getModules().values() ?? []) {
    for (const { instance } of providers.values()) reachCarrier(instance);
  }
}

function reachMessageHandlers(module: MicroservicesModule): void {
  patchPrototype(
    'microservices',
    Object.getPrototypeOf(module) as MicroservicesModule,
    'setupListeners',
    (setup) =>
      function (...args) {
        const contexts = this.listenersController?.contextCreator;
        patchCopy('ExceptionFiltersContext', contexts?.exceptionFiltersContext);
        patchCopy('RpcProxy', contexts?.rpcProxy);
        return setup.apply(this, args);
      },
  );
}

function reachGateways(module: SocketModule): void {
  patchPrototype(
    'websockets',
    Object.getPrototypeOf(module) as SocketModule,
    'connectAllGateways',
    (connect) =>
      function (...args) {
        const controller = this.webSocketsController;
        patchCopy('WebSocketsController', controller);
        patchCopy('WsContextCreator', controller?.contextCreator);
        patchCopy('WsProxy', controller?.contextCreator?.wsProxy);
        return connect.apply(this, args);
      },
  );
}

/** A minifier may have renamed them; traces then end where a message is sent. */
function reachCarrier(instance: unknown): void {
  for (let at = instance; isReference(at); at = Object.getPrototypeOf(at)) {
    const { constructor } = at as { constructor?: { name?: unknown } };
    if (typeof constructor?.name === 'string' && CARRIER.test(constructor.name)) patchCopy(constructor.name, instance);
  }
}
