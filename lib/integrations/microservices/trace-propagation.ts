import { getTraceData } from '@sentry/nestjs';
import { isReference } from '../../context/operation-chain.js';
import { isActive } from '../../client/state.js';
import { guarded } from '../../stats/stats.js';
import { patchMethod } from '../../hooks/patch-method.js';
import { withTraceInMetadata } from './grpc-client.js';
import { followCall, traceOfLocalCall, type Callback } from './in-process-messages.js';
import { HOOK, withTraceInHeaders } from './trace-headers.js';
import { noteReceivedTrace, receivedTrace, textOf } from './received-trace.js';
import { isNamedTraceTarget } from './trace-targets.js';

/** The packet property that carries a trace, next to the application's `pattern` and `data`. */
const KEY = 'sentryTrace';

type Packet = Record<string, unknown>;
interface Client {
  publish(packet: Packet, callback: Callback): unknown;
  dispatchEvent(packet: Packet): unknown;
}
interface Server {
  deserializer?: { deserialize(...args: unknown[]): unknown };
  initializeDeserializer(options: unknown): void;
}
interface Transport {
  file: string;
  name: string;
  /** Whether its messages have headers, which consumers do not validate with the packet. */
  headers?: boolean;
}

const TRANSPORTS: readonly Transport[] = [
  { file: 'tcp', name: 'TCP' },
  { file: 'redis', name: 'Redis' },
  { file: 'nats', name: 'Nats', headers: true },
  { file: 'rmq', name: 'RMQ', headers: true },
  { file: 'mqtt', name: 'Mqtt' },
];

/** Continues traces from `ClientProxy` to the message handler. */
export function propagateTraces(): void {
  for (const transport of TRANSPORTS) {
    sendTraces(transport);
    patchMethod<Server, 'initializeDeserializer'>(
      HOOK,
      { module: `@nestjs/microservices/server/server-${transport.file}.js`, className: `Server${transport.name}` },
      'initializeDeserializer',
      receiveTraces,
    );
  }
  withTraceInHeaders();
  withTraceInMetadata();
}

function sendTraces({ file, name, headers }: Transport): void {
  const location = { module: `@nestjs/microservices/client/client-${file}.js`, className: `Client${name}` };
  const add = headers ? () => undefined : addTrace;
  patchMethod<Client, 'publish'>(
    HOOK,
    location,
    'publish',
    (publish) =>
      function (packet, callback) {
        add(this, packet);
        return followCall(packet, callback, (followed) => publish.call(this, packet, followed));
      },
  );
  patchMethod<Client, 'dispatchEvent'>(
    HOOK,
    location,
    'dispatchEvent',
    (dispatchEvent) =>
      function (packet) {
        add(this, packet);
        return dispatchEvent.call(this, packet);
      },
  );
}

function addTrace(client: object, packet: Packet): void {
  if (!isActive()) return;
  guarded('rpc-trace', () => {
    if (!isNamedTraceTarget(client)) return;
    const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
    if (sentryTrace) packet[KEY] = { sentryTrace, baggage };
  });
}

/** The application's deserializer receives the packet without the added property, because it may validate strictly. */
function receiveTraces(initializeDeserializer: Server['initializeDeserializer']): Server['initializeDeserializer'] {
  return function (this: Server, options) {
    initializeDeserializer.call(this, options);
    const { deserializer } = this;
    if (!deserializer) return;
    const deserialize = deserializer.deserialize.bind(deserializer);
    deserializer.deserialize = (value, ...rest) => {
      const carried = guarded('rpc-trace', () => separate(value));
      const packet = deserialize(carried ? carried.packet : value, ...rest);
      guarded('rpc-trace', () => {
        noteTrace(packet, carried?.trace ?? headersOf(rest[0]));
      });
      return packet;
    };
  };
}

function separate(value: unknown): { packet: Packet; trace: unknown } | undefined {
  if (!isReference(value) || !Object.hasOwn(value, KEY)) return undefined;
  const { [KEY]: trace, ...packet } = value as Packet;
  return { packet, trace };
}

/** @param properties - the properties of a RabbitMQ message */
function headersOf(properties: unknown): unknown {
  const { headers } = (properties ?? {}) as { headers?: Record<string, unknown> };
  return headers && { sentryTrace: headers['sentry-trace'], baggage: headers.baggage };
}

function noteTrace(packet: unknown, carried: unknown): void {
  const packetId = textOf(((packet ?? {}) as Packet).id);
  const { sentryTrace, baggage } = (carried ?? receivedTrace()?.inHeaders ?? {}) as Record<string, unknown>;
  const trace = textOf(sentryTrace) ? { sentryTrace: textOf(sentryTrace), baggage: textOf(baggage) } : undefined;
  noteReceivedTrace({ ...(trace ?? traceOfLocalCall(packetId)), packetId });
}
