import type { ArgumentsHost } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** The parts of `@nestjs/websockets` that are used here, the same in Nest 11 and 12 unless noted. */
export type Prototype<T> = { prototype: T };
export type Callback = (this: unknown, ...args: unknown[]) => unknown;

export interface Subscription {
  message: unknown;
  methodName: string;
  callback: Callback;
}

/** Connects gateways to their server. */
export interface WebSocketsController {
  contextCreator?: { exceptionFiltersContext?: { container?: Container } };
  /** @param gateway - Nest 11: the gateway; Nest 12: the wrapper around it */
  subscribeEvents(gateway: object, subscriptions: Subscription[], ...rest: unknown[]): void;
  /** @param target - Nest 11, and `afterInit`: the gateway; Nest 12: its bound method */
  subscribeInitEvent(target: unknown, event: unknown): void;
  subscribeConnectionEvent(target: unknown, event: unknown): void;
  subscribeDisconnectEvent(target: unknown, event: unknown): void;
  /** Creates the function called with the client and, on the ws platform, its handshake request. */
  getConnectionHandler(...args: unknown[]): Callback;
}

export interface Container {
  /** The injectable HttpAdapterHost, one for each application. */
  getHttpAdapterHostRef(): object;
}

/** Catches errors of event handlers and of the Observables that they return. */
export interface WsProxy {
  create(target: Callback, exceptionsHandler: WsExceptionsHandler, pattern: unknown): Callback;
}

export interface WsExceptionsHandler {
  handle(exception: unknown, host: ArgumentsHost): unknown;
}

export interface WsContextCreator {
  interceptorsConsumer?: InterceptorsConsumer;
  create(...args: unknown[]): Callback;
}

export interface InterceptorsConsumer {
  intercept(
    interceptors: unknown[] | undefined,
    args: unknown[],
    instance: object,
    callback: { name: string },
    next: () => Promise<unknown>,
    ...rest: unknown[]
  ): Promise<Observable<unknown>>;
}
