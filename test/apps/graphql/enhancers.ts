import { Catch, ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, CallHandler, ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { catchError, throwError } from 'rxjs';
import { FilterCrash, MappedTo4xx, MappedToCode, RenamedError, ReturnedByFilter } from './failures.js';

@Catch(FilterCrash)
export class CrashingFilter {
  catch() {
    throw new TypeError('the filter itself failed');
  }
}

@Catch(ReturnedByFilter)
export class ReturningFilter {
  catch(error: Error, _host: ArgumentsHost) {
    return error;
  }
}

@Catch(MappedTo4xx)
export class MappingFilter {
  async catch(error: Error) {
    throw new NotFoundException(error.message);
  }
}

@Catch(MappedToCode)
export class CodingFilter {
  catch(error: Error) {
    return new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
}

/** Who the user is comes with the request, or with the connection of a web socket. */
@Injectable()
export class UserGuard {
  async canActivate(context: ExecutionContext) {
    const { req } = GqlExecutionContext.create(context).getContext();
    const name = req?.headers?.['x-user'] ?? req?.connectionParams?.user;
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (name) req.user = { id: name, passwordHash: 'never-send-this' };
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
