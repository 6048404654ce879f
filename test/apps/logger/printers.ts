import { ConsoleLogger, Injectable, type LoggerService, type LogLevel, Scope } from '@nestjs/common';
import { LoggerModule, Logger as PinoNestLogger } from 'nestjs-pino';
import { WinstonModule } from 'nest-winston';
import * as Sentry from '@sentry/nestjs';
import { createRequire } from 'node:module';
import winston from 'winston';

const { LEVELS } = process.env;

/** A subclass that adds to what is printed. */
export class ShoutingLogger extends ConsoleLogger {
  override log(message: any, ...rest: any[]): void {
    super.log(`${message}!`, ...rest);
  }
}

/** A logger that belongs to the provider that it is injected into. */
@Injectable({ scope: Scope.TRANSIENT })
export class OwnLogger extends ConsoleLogger {}

@Injectable({ scope: Scope.REQUEST })
export class RequestLogger extends ConsoleLogger {}

/** A logger of the application that prints through the console. */
export class PlainLogger implements LoggerService {
  log(message: any, ...rest: any[]): void {
    console.log('LOG', message, ...rest);
  }
  error(message: any, ...rest: any[]): void {
    console.error('ERROR', message, ...rest);
  }
  warn(message: any, ...rest: any[]): void {
    console.warn('WARN', message, ...rest);
  }
  debug(message: any, ...rest: any[]): void {
    console.debug('DEBUG', message, ...rest);
  }
}

/** The transport of the SDK, beside which a line must not be sent twice. */
function sentryTransports(): any[] {
  if (process.env.SDK_LOGS !== 'winston') return [];
  const SentryTransport: any = Sentry.createSentryWinstonTransport(
    createRequire(`${process.cwd()}/package.json`)('winston-transport'),
  );
  return [new SentryTransport()];
}

/** The options of the application, and the logger that it sets once it is created. */
export function printer(): { options: { logger?: any; bufferLogs?: boolean }; imports: any[]; use?: any } {
  const levels = LEVELS?.split(',') as LogLevel[] | undefined;
  const bufferLogs = process.env.BUFFER === '1';
  const plain = { bufferLogs, colors: false };
  switch (process.env.PRINTER) {
    case 'none':
      return { options: { logger: false, bufferLogs }, imports: [] };
    case 'levels':
      return { options: { logger: levels, bufferLogs }, imports: [] };
    case 'json':
      return { options: { logger: new ConsoleLogger({ json: true }), bufferLogs }, imports: [] };
    case 'console':
      return { options: { logger: new ConsoleLogger({ ...plain, forceConsole: true }) }, imports: [] };
    case 'subclass':
      return { options: { logger: new ShoutingLogger('', { colors: false }), bufferLogs }, imports: [] };
    case 'own':
      return { options: { logger: new PlainLogger(), bufferLogs }, imports: [] };
    case 'object':
      return { options: { logger: { log: console.log, error: console.error, warn: console.warn } }, imports: [] };
    case 'pino':
      return {
        options: { bufferLogs: true },
        imports: [LoggerModule.forRoot({ pinoHttp: { level: levels?.[0] ?? 'trace', autoLogging: false } })],
        use: PinoNestLogger,
      };
    case 'winston':
      return {
        options: {
          bufferLogs,
          logger: WinstonModule.createLogger({
            level: levels?.[0] ?? 'silly',
            transports: [
              ...sentryTransports(),
              new winston.transports.Console({ format: winston.format.json(), forceConsole: true } as never),
            ],
          }),
        },
        imports: [],
      };
    default:
      return { options: { bufferLogs }, imports: [] };
  }
}
