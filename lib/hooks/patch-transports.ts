import { isReference } from '../context/operation-chain.js';
import { runsFoundCopy } from './nest-copy.js';
import { catchUp, patchCopy, patchPrototype } from './patch-method.js';

/** The parts of an application or a microservice that refer to its transport classes; the same in Nest 11 and 12. */
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

/** Properties that identify the clients whose messages carry traces: a minifier renames classes, not properties. */
const CLIENT_SIGNS = [
  ['ClientTCP', 'socketClass'],
  ['ClientRedis', 'wasInitialConnectionSuccessful'],
  ['ClientNats', 'natsClient'],
  ['ClientRMQ', 'replyQueue'],
  ['ClientMqtt', 'mqttClient'],
  ['ClientGrpcProxy', 'grpcClients'],
] as const;
const caughtUp = new WeakSet();
/** Server classes, indexed by the number of Nest's `Transport`. */
const SERVERS = ['ServerTCP', 'ServerRedis', 'ServerNats', 'ServerMqtt', undefined, 'ServerRMQ'];

/** Hooks the copies of the transport packages that the application runs, before handlers are registered. */
export function patchTransports({
  microservicesModule,
  socketModule,
  serverInstance,
  container,
}: TransportHolder): void {
  if (microservicesModule) patchMessageHandlers(microservicesModule);
  if (socketModule) patchGateways(socketModule);
  if (runsFoundCopy) return;
  patchServer(serverInstance);
  for (const { providers } of container?.getModules().values() ?? []) {
    for (const { instance } of providers.values()) patchClient(instance);
  }
}

function patchMessageHandlers(module: MicroservicesModule): void {
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

function patchGateways(module: SocketModule): void {
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

function patchServer(server: { transportId?: unknown } | undefined): void {
  const className = typeof server?.transportId === 'number' ? SERVERS[server.transportId] : undefined;
  if (!server || !className || caughtUp.has(server)) return;
  caughtUp.add(server);
  patchCopy(className, server);
  catchUp(className, 'initializeDeserializer', server);
}

function patchClient(instance: unknown): void {
  if (!isReference(instance) || !('publish' in instance) || !('dispatchEvent' in instance)) return;
  for (const [className, sign] of CLIENT_SIGNS) if (sign in instance) patchCopy(className, instance);
}
