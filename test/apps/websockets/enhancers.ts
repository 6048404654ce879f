import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { renamingInterceptor } from '../shared/enhancers.js';
import { DomainError } from '../shared/failures.js';

export const send = (client: any, event: string, data: unknown) =>
  typeof client.send === 'function' && !client.handshake
    ? client.send(JSON.stringify({ event, data }))
    : client.emit(event, data);

@Catch(DomainError)
export class DomainFilter implements ExceptionFilter {
  catch(error: DomainError, host: ArgumentsHost) {
    send(host.switchToWs().getClient(), 'domain', { said: error.message });
  }
}

/** Reaches no gateway, as APP_FILTER and by useGlobalFilters. */
@Catch()
export class GlobalFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost) {
    send(host.switchToWs().getClient(), 'global', {});
  }
}

export const RenamingInterceptor = renamingInterceptor(() => new WsException('renamed'));
