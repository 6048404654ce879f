import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { readToken, tokenOf } from './session.js';
import type { ShopRequest } from './shop-request.js';

/** Accepts requests with a valid token of this shop. */
@Injectable()
export class AuthGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ShopRequest>();
    const token = tokenOf(request.headers);
    if (!token) throw new UnauthorizedException();
    try {
      request.user = await readToken(token);
    } catch (error) {
      throw new UnauthorizedException('The token is not valid', { cause: error }); // expected, so not reported
    }
    return true;
  }
}

/** Injects the user that the {@link AuthGuard} has authenticated into a handler. */
export const User = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<ShopRequest>().user;
});
