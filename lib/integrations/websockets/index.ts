import { patchMethod } from '../../hooks/patch-method.js';
import { trackController } from './controller-hooks.js';
import { judgeByAnswer, bindFailuresToEvent } from './gateway-failure.js';
import { traceHandlers } from './handler-span.js';
import type { WsContextCreator, WsExceptionsHandler, WsProxy } from './nest-shapes.js';

const HOOK = 'websockets';
const PACKAGE = '@nestjs/websockets';

/** Runs every event of every gateway as a separate execution. */
export function trackGateways(): void {
  trackController();
  patchMethod<WsProxy, 'create'>(
    HOOK,
    { module: `${PACKAGE}/context/ws-proxy.js`, className: 'WsProxy' },
    'create',
    bindFailuresToEvent,
  );
  patchMethod<WsContextCreator, 'create'>(
    HOOK,
    { module: `${PACKAGE}/context/ws-context-creator.js`, className: 'WsContextCreator' },
    'create',
    traceHandlers,
  );
  patchMethod<WsExceptionsHandler, 'handle'>(
    HOOK,
    { module: `${PACKAGE}/exceptions/ws-exceptions-handler.js`, className: 'WsExceptionsHandler' },
    'handle',
    judgeByAnswer,
  );
}
