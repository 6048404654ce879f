import type { LogRecord } from './log-record.js';

/** Where Nest logs failures that the hooks of this library judge and report. */
const CONTEXTS = new Set([
  'ExceptionsHandler',
  'RpcExceptionsHandler',
  'WsExceptionsHandler',
  'ExceptionHandler',
  'RouterResponseController',
  'Scheduler',
  'SchedulerRegistry',
  'Event',
  'EventBus',
  'NestApplicationContext',
]);

/** Whether Nest logs a failure: its event says the same, and an expected one explains nothing. */
export function isNestFailure({ method, context }: LogRecord): boolean {
  return method === 'error' && CONTEXTS.has(context);
}
