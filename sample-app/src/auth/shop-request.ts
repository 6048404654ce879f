import type { IncomingHttpHeaders } from 'node:http';

/** The authenticated user, from the token. */
export interface LoggedIn {
  readonly id: number;
  readonly email: string;
}

/** The properties of a request that Express and Fastify have in common. */
export interface ShopRequest {
  readonly headers: IncomingHttpHeaders;
  /** Set by the AuthGuard. */
  user?: LoggedIn;
}
