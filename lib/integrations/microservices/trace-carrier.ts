import { getTraceData } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { isActive } from '../../client/state.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { patchMethod } from '../../hooks/patch-method.js';

/** Where a trace travels: beside `pattern` and `data`, which are the application's. */
const KEY = 'sentryTrace';
const HOOK = 'messageTraces';

interface Carrier {
  sentryTrace?: string;
  baggage?: string;
}
type Packet = Record<string, unknown>;
interface Client {
  publish(packet: Packet, callback: unknown): unknown;
  dispatchEvent(packet: Packet): unknown;
}
interface Server {
  deserializer?: { deserialize(...args: unknown[]): unknown };
  initializeDeserializer(options: unknown): void;
}

const received = processWide('rpc-trace', () => new AsyncLocalStorage<Carrier | undefined>());

const CLIENTS: readonly [path: string, name: string][] = [
  ['client-tcp.js', 'ClientTCP'],
  ['client-redis.js', 'ClientRedis'],
  ['client-nats.js', 'ClientNats'],
  ['client-rmq.js', 'ClientRMQ'],
  ['client-mqtt.js', 'ClientMqtt'],
];
const SERVERS: readonly [path: string, name: string][] = [
  ['server-tcp.js', 'ServerTCP'],
  ['server-redis.js', 'ServerRedis'],
  ['server-nats.js', 'ServerNats'],
  ['server-rmq.js', 'ServerRMQ'],
  ['server-mqtt.js', 'ServerMqtt'],
];

/** The trace that came with the message that is being handled, once. */
export function receivedTrace(): Carrier | undefined {
  return received.getStore();
}

/** Lets a trace go on from `ClientProxy` to the handler of the message, on the transports that carry JSON packets. */
export function propagateTraces(): void {
  for (const [path, className] of CLIENTS) {
    const location = { module: `@nestjs/microservices/client/${path}`, className };
    patchMethod<Client, 'publish'>(
      HOOK,
      location,
      'publish',
      (publish) =>
        function (packet, callback) {
          addTrace(packet);
          return publish.call(this, packet, callback);
        },
    );
    patchMethod<Client, 'dispatchEvent'>(
      HOOK,
      location,
      'dispatchEvent',
      (dispatchEvent) =>
        function (packet) {
          addTrace(packet);
          return dispatchEvent.call(this, packet);
        },
    );
  }
  for (const [path, className] of SERVERS) {
    const location = { module: `@nestjs/microservices/server/${path}`, className };
    patchMethod<Server, 'initializeDeserializer'>(HOOK, location, 'initializeDeserializer', receiveTraces);
  }
}

function addTrace(packet: Packet): void {
  if (!isActive()) return;
  guarded('rpc-trace', () => {
    const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
    if (sentryTrace) packet[KEY] = { sentryTrace, baggage };
  });
}

/**
 * A packet is read and its handler called within one asynchronous step, so what was read last is the trace of the
 * handler that is called next.
 */
function receiveTraces(initializeDeserializer: Server['initializeDeserializer']): Server['initializeDeserializer'] {
  return function (this: Server, options) {
    initializeDeserializer.call(this, options);
    const { deserializer } = this;
    if (!deserializer) return;
    const deserialize = deserializer.deserialize.bind(deserializer);
    deserializer.deserialize = (...args) => {
      const packet = deserialize(...args);
      guarded('rpc-trace', () => {
        received.enterWith(carrierOf(packet));
      });
      return packet;
    };
  };
}

function carrierOf(packet: unknown): Carrier | undefined {
  const carrier = (packet as Packet | null | undefined)?.[KEY];
  if (typeof carrier !== 'object' || carrier === null) return undefined;
  const { sentryTrace, baggage } = carrier as Record<string, unknown>;
  return {
    sentryTrace: typeof sentryTrace === 'string' ? sentryTrace : undefined,
    baggage: typeof baggage === 'string' ? baggage : undefined,
  };
}
