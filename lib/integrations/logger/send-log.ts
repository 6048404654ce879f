import { getClient, logger, type NodeClient } from '@sentry/nestjs';
import { logCall } from '../../breadcrumbs/log-call.js';
import type { LogSettings } from '../../context/log-settings.js';
import type { LogRecord } from './log-record.js';

type SendMethod = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

const METHODS = { fatal: 'fatal', error: 'error', warning: 'warn', log: 'info', info: 'info', debug: 'debug' } as const;
const watched = new WeakSet<NodeClient>();

/** Sends a line as a Sentry log, unless an integration of the SDK (pino, winston, console) has just sent it. */
export function sendLog(record: LogRecord, settings: LogSettings): void {
  const { method, context, message, data, error, stack } = record;
  if (logCall.wasSent) return;
  logger[sendMethod(method, settings)](message ?? '', {
    ...data,
    'sentry.origin': 'auto.log.nestjs',
    'logger.name': context,
    ...(error && { 'exception.type': error.name, 'exception.message': error.message }),
    ...((stack ?? error?.stack) !== undefined && { 'exception.stacktrace': stack ?? error?.stack }),
  });
}

function sendMethod(method: LogRecord['method'], { levels, given }: LogSettings): SendMethod {
  if (method === 'verbose' && !given.has(method)) return 'trace';
  return METHODS[levels[method] || 'info'];
}

/** Lets {@link sendLog} know what integrations of the SDK send while the logger prints. */
export function watchSentLogs(): void {
  const client = getClient<NodeClient>();
  if (!client || watched.has(client)) return;
  watched.add(client);
  client.on('beforeCaptureLog', () => {
    if (logCall.isRunning) logCall.wasSent = true;
  });
}
