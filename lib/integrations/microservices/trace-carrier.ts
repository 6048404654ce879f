import { getTraceData } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { isActive } from '../../client/state.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { patchMethod } from '../../hooks/patch-method.js';
import { followCall, type Callback } from './local-calls.js';
import { isTrusted } from './trusted-service.js';

/** The packet property that carries a trace, next to the application's `pattern` and `data`. */
const KEY = 'sentryTrace';
const HOOK = 'messageTraces';

interface Carrier {
  sentryTrace?: string;
  baggage?: string;
  /** The id of the message, unless it is an event. */
  packetId?: string;
}
type Packet = Record<string, unknown>;
interface Client {
  publish(packet: Packet, callback: Callback): unknown;
  dispatchEvent(packet: Packet): unknown;
}
interface RmqClient {
  mergeHeaders(headers: object | undefined): object | undefined;
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

/** RabbitMQ messages have headers, which carry the trace: strict consumers may reject unknown packet properties. */
const WITH_HEADERS = 'ClientRMQ';

/** The trace of the message that is being handled. */
export function receivedTrace(): Carrier | undefined {
  return received.getStore();
}

/** Continues traces from `ClientProxy` to the message handler, on transports with JSON packets. */
export function propagateTraces(): void {
  for (const [path, className] of CLIENTS) {
    const location = { module: `@nestjs/microservices/client/${path}`, className };
    patchMethod<Client, 'publish'>(
      HOOK,
      location,
      'publish',
      (publish) =>
        function (packet, callback) {
          if (className !== WITH_HEADERS) addTrace(this, packet);
          return followCall(packet, callback, (followed) => publish.call(this, packet, followed));
        },
    );
    patchMethod<Client, 'dispatchEvent'>(
      HOOK,
      location,
      'dispatchEvent',
      (dispatchEvent) =>
        function (packet) {
          if (className !== WITH_HEADERS) addTrace(this, packet);
          return dispatchEvent.call(this, packet);
        },
    );
  }
  patchMethod<RmqClient, 'mergeHeaders'>(
    HOOK,
    { module: '@nestjs/microservices/client/client-rmq.js', className: WITH_HEADERS },
    'mergeHeaders',
    (mergeHeaders) =>
      function (headers) {
        const merged = mergeHeaders.call(this, headers);
        const trace = guarded('rpc-trace', () => (isActive() && isTrusted(this) ? getTraceData() : undefined));
        return trace?.['sentry-trace'] ? { ...trace, ...merged } : merged;
      },
  );
  for (const [path, className] of SERVERS) {
    const location = { module: `@nestjs/microservices/server/${path}`, className };
    patchMethod<Server, 'initializeDeserializer'>(HOOK, location, 'initializeDeserializer', receiveTraces);
  }
}

function addTrace(client: object, packet: Packet): void {
  if (!isActive()) return;
  guarded('rpc-trace', () => {
    if (!isTrusted(client)) return;
    const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
    if (sentryTrace) packet[KEY] = { sentryTrace, baggage };
  });
}

/**
 * Nest deserializes a packet and calls its handler within one asynchronous step, so the trace read last belongs to the
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
        received.enterWith(carrierOf(packet, args[1]));
      });
      return packet;
    };
  };
}

/** @param properties - the properties of a RabbitMQ message */
function carrierOf(packet: unknown, properties: unknown): Carrier {
  const { id, [KEY]: fromPacket } = (packet ?? {}) as Packet;
  const { headers } = (properties ?? {}) as { headers?: Record<string, unknown> };
  const carrier = (fromPacket ?? {}) as Record<string, unknown>;
  return {
    sentryTrace: stringOrUndefined(headers?.['sentry-trace'] ?? carrier.sentryTrace),
    baggage: stringOrUndefined(headers?.baggage ?? carrier.baggage),
    packetId: stringOrUndefined(id),
  };
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
