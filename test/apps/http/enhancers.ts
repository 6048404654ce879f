import {
  type ArgumentsHost,
  Catch,
  ConflictException,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { renamingInterceptor } from '../shared/enhancers.js';
import { DomainError } from '../shared/failures.js';

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

@Injectable()
export class UserGuard {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    const name = request.headers['x-user'];
    if (name) request.user = { id: name, email: `${name}@example.com`, passwordHash: 'never-send-this' };
    return true;
  }
}

export const RenamingInterceptor = renamingInterceptor(() => new ConflictException('renamed'));
