import {
  ArgumentsHost,
  CallHandler,
  Catch,
  ConflictException,
  ExceptionFilter,
  ExecutionContext,
  Injectable,
  NestMiddleware,
} from '@nestjs/common';
import { catchError, throwError } from 'rxjs';
import { DomainError, FilterCrash, RenamedError } from './failures.js';

const reply = (host: ArgumentsHost, status: number, body: object) => {
  const response = host.switchToHttp().getResponse();
  if (typeof response.code === 'function') response.code(status).send(body);
  else response.status(status).json(body);
};

@Catch(DomainError)
export class DomainFilter implements ExceptionFilter {
  catch(error: DomainError, host: ArgumentsHost) {
    reply(host, 402, { domain: error.message });
  }
}

@Catch(FilterCrash)
export class CrashingFilter implements ExceptionFilter {
  catch() {
    throw new TypeError('the filter itself failed');
  }
}

@Injectable()
export class UserGuard {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    const name = request.headers['x-user'];
    if (name) request.user = { id: name, email: `${name}@example.com`, passwordHash: 'never-send-this' };
    return true;
  }
}

@Injectable()
export class FailingGuard {
  canActivate(): boolean {
    throw new Error('failure in a guard');
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
        catchError((error) =>
          throwError(() => (error instanceof RenamedError ? new ConflictException('renamed') : error)),
        ),
      );
  }
}

@Injectable()
export class FailingMiddleware implements NestMiddleware {
  use(request: { headers: Record<string, string | undefined> }, _response: unknown, next: (error?: unknown) => void) {
    if (request.headers['x-fail'] === 'throw') throw new Error('failure in a middleware');
    next(request.headers['x-fail'] === 'next' ? new Error('failure passed on by a middleware') : undefined);
  }
}
