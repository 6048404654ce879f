import { Catch, ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { renamingInterceptor } from '../shared/enhancers.js';
import { MappedTo4xx, MappedToCode, ReturnedByFilter } from './failures.js';

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

export const RenamingInterceptor = renamingInterceptor(() => new ConflictException('renamed'));
