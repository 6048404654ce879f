import type { IncomingHttpHeaders } from 'node:http';

/** Who is logged in, as the token says. */
export interface LoggedIn {
  readonly id: number;
  readonly email: string;
}

/** A request, as far as Express and Fastify agree on it. */
export interface ShopRequest {
  readonly headers: IncomingHttpHeaders;
  /** Set by the AuthGuard. */
  user?: LoggedIn;
}
