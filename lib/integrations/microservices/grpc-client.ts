import { getTraceData } from '@sentry/nestjs';
import { randomUUID } from 'node:crypto';
import { currentExecution } from '../../context/execution.js';
import { isReference } from '../../context/operation-chain.js';
import { isActive } from '../../client/state.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { patchMethod } from '../../hooks/patch-method.js';
import { CALL_ID, grpcHandlers, type GrpcMetadata } from './grpc-call.js';
import { beginCall, endCall, noteFailure, type LocalCall } from './in-process-messages.js';
import { textOf } from './received-trace.js';
import { HOOK } from './trace-headers.js';
import { isTraceTarget } from './trace-targets.js';

/** Receives the answer to a call of `@grpc/grpc-js`. */
interface Listener {
  onReceiveMetadata?(metadata: unknown): void;
  onReceiveMessage?(message: unknown): void;
  onReceiveStatus?(status: { metadata?: unknown }): void;
}
interface OutgoingCall {
  start(metadata: GrpcMetadata, listener?: Listener): void;
}
type Interceptor = (options: object, nextCall: (options: object) => OutgoingCall) => OutgoingCall;
type InterceptorProvider = (method: unknown) => Interceptor;
interface ChannelOptions {
  interceptors?: Interceptor[];
  interceptor_providers?: InterceptorProvider[];
}
interface Client {
  options?: { channelOptions?: ChannelOptions };
  createClientByServiceName(name: string): object;
  serializeError(error: unknown): unknown;
}

/** Calls from executions of this process, by the metadata of their answer, which their error refers to. */
const answered = processWide('grpc-answers', () => new WeakMap<object, LocalCall>());

const LOCATION = { module: '@nestjs/microservices/client/client-grpc.js', className: 'ClientGrpcProxy' };

/** Sends traces in the metadata of gRPC calls, which are HTTP/2 headers. */
export function withTraceInMetadata(): void {
  patchMethod<Client, 'createClientByServiceName'>(
    HOOK,
    LOCATION,
    'createClientByServiceName',
    (create) =>
      function (name) {
        return create.call(guarded('rpc-trace', () => withInterceptor(this)) ?? this, name);
      },
  );
  patchMethod<Client, 'serializeError'>(
    HOOK,
    LOCATION,
    'serializeError',
    (serialize) =>
      function (error) {
        const serialized = serialize.call(this, error);
        guarded('rpc-hooks', () => {
          const metadata = isReference(error) ? (error as { metadata?: unknown }).metadata : undefined;
          const call = isReference(metadata) ? answered.get(metadata) : undefined;
          if (call) noteFailure(call, serialized);
        });
        return serialized;
      },
  );
}

/** The same client, except that the channels it creates have one more interceptor. */
function withInterceptor(client: Client): Client {
  const { channelOptions = {}, ...options } = client.options ?? {};
  const { interceptors = [], interceptor_providers: providers } = channelOptions;
  const traced = tracedBy(client);
  // grpc-js refuses both kinds at once.
  const added = providers
    ? { interceptor_providers: [...providers, () => traced] }
    : { interceptors: [...interceptors, traced] };
  const value = { ...options, channelOptions: { ...channelOptions, ...added } };
  return Object.create(client, { options: { value } }) as Client;
}

function tracedBy(client: object): Interceptor {
  return (options, nextCall) => {
    const call = nextCall(options);
    const start = call.start.bind(call);
    call.start = (metadata, listener) => {
      const traced = guarded('rpc-trace', () => withTrace(client, metadata, listener));
      start(traced?.metadata ?? metadata, traced?.listener ?? listener);
    };
    return call;
  };
}

/** @returns undefined if nothing may be sent to this service */
function withTrace(
  client: object,
  own: GrpcMetadata,
  listener: Listener | undefined,
): { metadata: GrpcMetadata; listener: Listener | undefined } | undefined {
  if (!isActive() || !isTraceTarget(client)) return undefined;
  const metadata = own.clone();
  addTrace(metadata);
  if (!listener || !grpcHandlers.areServed) return { metadata, listener };
  const id = randomUUID();
  const call = beginCall(id);
  if (!call) return { metadata, listener };
  metadata.set(CALL_ID, id);
  return { metadata, listener: noteAnswer(listener, id, call) };
}

/** A trace of the application's own stays; that of the received call, which a handler may pass on, is continued. */
function addTrace(metadata: GrpcMetadata): void {
  const [own] = metadata.get('sentry-trace');
  if (own !== undefined && own !== currentExecution().continuedTrace) return;
  const { 'sentry-trace': sentryTrace, baggage } = getTraceData();
  if (!sentryTrace) return;
  metadata.set('sentry-trace', sentryTrace);
  const members = metadata.get('baggage').flatMap((value) => textOf(value)?.split(',') ?? []);
  const baggages = [...members.filter((member) => !/^\s*sentry-/.test(member)), baggage].filter(Boolean);
  if (baggages.length > 0) metadata.set('baggage', baggages.join(','));
}

function noteAnswer(listener: Listener, id: string, call: LocalCall): Listener {
  return {
    onReceiveMetadata: (metadata) => listener.onReceiveMetadata?.(metadata),
    onReceiveMessage: (message) => listener.onReceiveMessage?.(message),
    onReceiveStatus: (status) => {
      endCall(id);
      if (isReference(status.metadata)) answered.set(status.metadata, call);
      listener.onReceiveStatus?.(status);
    },
  };
}
