import { Catch, Injectable, type CallHandler, type ExecutionContext, type Type } from '@nestjs/common';
import { catchError, throwError } from 'rxjs';
import { FilterCrash, RenamedError } from './failures.js';

@Catch(FilterCrash)
export class CrashingFilter {
  catch(): never {
    throw new TypeError('the filter itself failed');
  }
}

@Injectable()
export class FailingGuard {
  canActivate(): boolean {
    throw new Error('failure in a guard');
  }
}

@Injectable()
export class RefusingGuard {
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

/** An interceptor that maps `RenamedError` to an expected error of its transport. */
export function renamingInterceptor(expected: () => Error): Type {
  @Injectable()
  class RenamingInterceptor {
    intercept(_context: ExecutionContext, next: CallHandler) {
      return next
        .handle()
        .pipe(catchError((error) => throwError(() => (error instanceof RenamedError ? expected() : error))));
    }
  }
  return RenamingInterceptor;
}

/** A middleware that fails as the header `x-fail` says. */
@Injectable()
export class FailingMiddleware {
  use(request: { headers: Record<string, string | undefined> }, _response: unknown, next: (error?: unknown) => void) {
    if (request.headers['x-fail'] === 'throw') throw new Error('failure in a middleware');
    next(request.headers['x-fail'] === 'next' ? new Error('failure passed on by a middleware') : undefined);
  }
}
