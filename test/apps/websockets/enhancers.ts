import { ArgumentsHost, CallHandler, Catch, ExceptionFilter, ExecutionContext, Injectable } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { catchError, throwError } from 'rxjs';
import { DomainError, FilterCrash, RenamedError } from './failures.js';

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

@Catch(FilterCrash)
export class CrashingFilter implements ExceptionFilter {
  catch() {
    throw new TypeError('the filter itself failed');
  }
}

/** Reaches no gateway, as APP_FILTER and by useGlobalFilters. */
@Catch()
export class GlobalFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost) {
    send(host.switchToWs().getClient(), 'global', {});
  }
}

@Injectable()
export class FailingGuard {
  canActivate(): boolean {
    throw new Error('failure in a guard');
  }
}

@Injectable()
export class DenyingGuard {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
export class FailingPipe {
  transform(): never {
    throw new Error('failure in a pipe');
  }
}

@Injectable()
export class FailingInterceptor {
  intercept(): never {
    throw new Error('failure in an interceptor');
  }
}

@Injectable()
export class RenamingInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next
      .handle()
      .pipe(
        catchError((error) => throwError(() => (error instanceof RenamedError ? new WsException('renamed') : error))),
      );
  }
}
