import { getTraceData } from '@sentry/nestjs';
import { isActive } from '../../client/state.js';
import { guarded } from '../../stats/stats.js';
import { patchMethod } from '../../hooks/patch-method.js';
import { textOf, withReceivedTrace } from './received-trace.js';
import { isTraceTarget } from './trace-targets.js';

export const HOOK = 'messageTraces';

/** The headers of a NATS message: an instance of the driver's class. */
interface NatsHeaders extends Iterable<[key: string, values: string[]]> {
  get(key: string): string;
  has(key: string): boolean;
  append(key: string, value: string): void;
}
interface RmqClient {
  mergeHeaders(headers: object | undefined): Record<string, unknown> | undefined;
}
interface NatsClient {
  natsClient?: { info?: { headers?: boolean } };
  options?: { headers?: Record<string, string> };
  mergeHeaders(headers: NatsHeaders | undefined): NatsHeaders | undefined;
}
interface NatsServer {
  handleMessage(channel: string, message: { headers?: NatsHeaders }): unknown;
}

/** RabbitMQ and NATS messages have headers, as HTTP requests do. */
export function withTraceInHeaders(): void {
  patchMethod<RmqClient, 'mergeHeaders'>(
    HOOK,
    { module: '@nestjs/microservices/client/client-rmq.js', className: 'ClientRMQ' },
    'mergeHeaders',
    (mergeHeaders) =>
      function (headers) {
        const merged = mergeHeaders.call(this, headers);
        return (isActive() && guarded('rpc-trace', () => withTrace(this, merged))) || merged;
      },
  );
  patchMethod<NatsClient, 'mergeHeaders'>(
    HOOK,
    { module: '@nestjs/microservices/client/client-nats.js', className: 'ClientNats' },
    'mergeHeaders',
    (mergeHeaders) =>
      function (headers) {
        const merged = mergeHeaders.call(this, headers);
        // A server that has no headers refuses a message with some.
        const trace = this.natsClient?.info?.headers ? traceFor(this) : undefined;
        if (!trace || merged?.has('sentry-trace')) return merged;
        return guarded('rpc-trace', () => addHeaders(this, mergeHeaders, trace, merged)) ?? merged;
      },
  );
  patchMethod<NatsServer, 'handleMessage'>(
    HOOK,
    { module: '@nestjs/microservices/server/server-nats.js', className: 'ServerNats' },
    'handleMessage',
    (handleMessage) =>
      function (channel, message) {
        const [sentryTrace, baggage] = ['sentry-trace', 'baggage'].map((key) =>
          guarded('rpc-trace', () => textOf(message.headers?.get(key))),
        );
        return withReceivedTrace({ inHeaders: { sentryTrace, baggage } }, () =>
          handleMessage.call(this, channel, message),
        );
      },
  );
}

/** The trace that may be sent to the service of this client. */
function traceFor(client: object): Record<string, string> | undefined {
  return guarded('rpc-trace', () => (isActive() && isTraceTarget(client) ? currentTrace() : undefined));
}

function currentTrace(): Record<string, string> | undefined {
  const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
  return sentryTrace ? { 'sentry-trace': sentryTrace, ...(baggage && { baggage }) } : undefined;
}

function withTrace(client: object, own: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (!isTraceTarget(client)) return untraced(own);
  const trace = currentTrace();
  return trace && { ...trace, ...own };
}

/** Headers that keep their own trace or none: the SDK's instrumentation of amqplib sets one on every message. */
function untraced(own: Record<string, unknown> = {}): Record<string, unknown> {
  for (const key of ['sentry-trace', 'baggage']) {
    const value = own[key];
    Object.defineProperty(own, key, { enumerable: Object.hasOwn(own, key), get: () => value, set: () => undefined });
  }
  return own;
}

/** Lets Nest create the headers, which only the driver can; the application may send its own ones again. */
function addHeaders(
  client: NatsClient,
  mergeHeaders: NatsClient['mergeHeaders'],
  trace: Record<string, string>,
  merged: NatsHeaders | undefined,
): NatsHeaders | undefined {
  const ownBaggage = merged?.get('baggage');
  const baggage = [ownBaggage, trace.baggage].filter(Boolean).join(',');
  const own = [...(merged ?? [])].filter(([key]) => key !== 'baggage');
  const options = { ...client.options, headers: { ...trace, ...(baggage && { baggage }) } };
  const headers = mergeHeaders.call(Object.create(client, { options: { value: options } }) as NatsClient, undefined);
  for (const [key, values] of own) for (const value of values) headers?.append(key, value);
  return headers;
}
