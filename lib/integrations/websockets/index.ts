import { loadOptional } from '../../optional-dependencies/load-optional.js';
import { guarded } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { hookController } from './controller-hooks.js';
import { hookExceptionsHandler, hookProxy } from './gateway-failure.js';
import { hookHandlers } from './handler-span.js';
import type { Prototype, WebSocketsController, WsContextCreator, WsExceptionsHandler, WsProxy } from './nest-shapes.js';

const hooked = processWide('gateway-hooks', () => new WeakSet());

/** Makes every event of every gateway an execution of its own. Does nothing where `@nestjs/websockets` is missing. */
export function hookGateways(): void {
  guarded('gateway-hooks', () => {
    const controller = prototypeOf<WebSocketsController>('web-sockets-controller', 'WebSocketsController');
    const proxy = prototypeOf<WsProxy>('context/ws-proxy', 'WsProxy');
    const creator = prototypeOf<WsContextCreator>('context/ws-context-creator', 'WsContextCreator');
    const handler = prototypeOf<WsExceptionsHandler>('exceptions/ws-exceptions-handler', 'WsExceptionsHandler');
    if (typeof controller?.subscribeEvents === 'function') once(controller, hookController);
    if (typeof proxy?.create === 'function') once(proxy, hookProxy);
    if (typeof creator?.create === 'function') once(creator, hookHandlers);
    if (typeof handler?.handle === 'function') once(handler, hookExceptionsHandler);
  });
}

function prototypeOf<T>(file: string, name: string): T | undefined {
  return loadOptional<Record<string, Prototype<T> | undefined>>(`@nestjs/websockets/${file}.js`)?.[name]?.prototype;
}

function once<T extends object>(prototype: T, hook: (prototype: T) => void): void {
  if (hooked.has(prototype)) return;
  hooked.add(prototype);
  hook(prototype);
}
