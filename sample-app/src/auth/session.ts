import { JwtService } from '@nestjs/jwt';
import type { IncomingHttpHeaders } from 'node:http';
import { configuration } from '../configuration.js';
import type { LoggedIn } from './shop-request.js';

const NAME = 'session';
const jwt = new JwtService({ secret: configuration.jwtSecret });

/** No script can read it, and no page of another site can use it. */
export function sessionCookie(token: string): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Strict${configuration.isSecure ? '; Secure' : ''}`;
}

/** The token of a request: of a client in its header, of the page in its cookie. */
export function tokenOf({ authorization, cookie }: IncomingHttpHeaders): string | undefined {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme === 'Bearer') return token;
  const pairs = (cookie ?? '').split('; ').map((pair) => pair.split('=', 2));
  return pairs.find(([name]) => name === NAME)?.[1];
}

/** @throws Error - if the token is not one of this shop, or has expired */
export async function readToken(token: string): Promise<LoggedIn> {
  const { sub, email } = await jwt.verifyAsync<{ sub: number; email: string }>(token);
  return { id: sub, email };
}
