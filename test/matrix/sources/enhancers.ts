import {
  ForbiddenException,
  Injectable,
  type CanActivate,
  type NestInterceptor,
  type NestMiddleware,
  type PipeTransform,
} from '@nestjs/common';

@Injectable()
export class AdmittingGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Injectable()
export class RefusingGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Injectable()
export class FailingGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('the guard failed');
  }
}

@Injectable()
export class FailingPipe implements PipeTransform {
  transform(): never {
    throw new Error('the pipe failed');
  }
}

@Injectable()
export class FailingInterceptor implements NestInterceptor {
  intercept(): never {
    throw new Error('the interceptor failed');
  }
}

@Injectable()
export class FailingMiddleware implements NestMiddleware {
  use(): void {
    throw new Error('the middleware failed');
  }
}
