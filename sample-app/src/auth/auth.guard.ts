import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { LoggedIn, ShopRequest } from './shop-request.js';

/** Accepts requests with a valid token of this shop. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ShopRequest>();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    if (scheme !== 'Bearer' || !token) throw new UnauthorizedException();
    request.user = await this.read(token);
    return true;
  }

  private async read(token: string): Promise<LoggedIn> {
    try {
      const { sub, email } = await this.jwt.verifyAsync<{ sub: number; email: string }>(token);
      return { id: sub, email };
    } catch (error) {
      throw new UnauthorizedException('The token is not valid', { cause: error }); // expected, so not reported
    }
  }
}

/** Injects the user that the {@link AuthGuard} has authenticated into a handler. */
export const User = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<ShopRequest>().user;
});
