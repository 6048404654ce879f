import type { User } from '@sentry/nestjs';
import type { IncomingMessage } from 'node:http';
import { dsn } from './dsn.js';
import * as schema from './schema.js';

/** Kinds of items, and their types in envelopes. */
export const TUNNEL_TYPES = {
  events: ['event'],
  transactions: ['transaction', 'span'],
  sessions: ['session', 'sessions'],
  feedback: ['feedback', 'user_report'],
  /** Not those of mobile SDKs (`replay_video`): text and video in a format of their own, which nothing scrubs. */
  replays: ['replay_event', 'replay_recording'],
  attachments: ['attachment'],
  logs: ['log'],
  metrics: ['trace_metric'],
  checkIns: ['check_in'],
  profiles: ['profile', 'profile_chunk'],
} as const satisfies Record<TunnelType, readonly string[]>;

/**
 * A kind of items that the tunnel forwards.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ tunnel: { path: '/monitoring', types: ['events', 'feedback', 'logs'] } });
 * ```
 */
export type TunnelType =
  | 'events'
  | 'transactions'
  | 'sessions'
  | 'feedback'
  | 'replays'
  | 'attachments'
  | 'logs'
  | 'metrics'
  | 'checkIns'
  | 'profiles';

export const DEFAULT_TUNNEL_TYPES: readonly TunnelType[] = ['events', 'transactions', 'sessions', 'feedback'];

/**
 * Returns the user of a request to the tunnel, or a falsy value if there is none. It receives Node's request, with its
 * headers and cookies: no middleware of the application has run. If it throws, or takes longer than two seconds, the
 * items are forwarded without a user, and the failure is counted as `tunnel-user`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ tunnel: { path: '/monitoring', user: ({ headers }) => sessionOf(headers.cookie) } });
 * ```
 */
export type TunnelUserResolver<R = IncomingMessage> = {
  // Methods are bivariant, so that the parameter may have the application's own type.
  resolve(request: R): User | null | undefined | false | '' | 0 | Promise<User | null | undefined | false | '' | 0>;
}['resolve'];

/**
 * Options of `SentryModule.forRoot({ tunnel })`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ tunnel: { path: '/monitoring', origins: ['https://www.example.com'] } });
 * ```
 */
export interface TunnelOptions {
  /**
   * The path that takes envelopes, as in `Sentry.init({ tunnel: '/monitoring' })` of the front end. Guards, pipes,
   * interceptors, middleware and body parsers of the application do not apply to it.
   */
  path: string;
  /** Whether the path is below the global prefix of the application. Default: false. */
  prefixed?: boolean | undefined;
  /** DSNs of front ends, besides that of the application. Envelopes for any other DSN are refused. Default: none. */
  dsns?: string[] | undefined;
  /**
   * The origins whose pages may send, such as `https://www.example.com`; `'*'` for all. Requests without an origin, as
   * those of mobile applications, are always accepted. Default: the origin of the application itself.
   */
  origins?: string[] | '*' | undefined;
  /**
   * Which items are forwarded; others are dropped. Replays and attachments are scrubbed only where they are text: images
   * and compressed recordings are forwarded as they are. Default: `['events', 'transactions', 'sessions', 'feedback']`.
   */
  types?: TunnelType[] | undefined;
  /** Largest body, in bytes. Default: 1 MB (1,048,576). */
  maxBytes?: number | undefined;
  /** Largest body after decompression, in bytes. Default: `maxBytes`. */
  maxDecompressedBytes?: number | undefined;
  /** Envelopes per minute: of one client address, by default 60, and in total, by default 6,000. */
  perMinute?: { client?: number | undefined; total?: number | undefined } | undefined;
  /** The user of events that have none, for example from a session cookie. Default: none. */
  user?: TunnelUserResolver | undefined;
}

const path = schema.check(
  "a path such as '/monitoring', without parameters and wildcards",
  "use a path that begins with '/', for example '/monitoring'",
  (value) => typeof value === 'string' && /^\/[\w\-.~/]*[\w\-.~]$/.test(value),
);
const origin = schema.check(
  "an origin such as 'https://www.example.com', without a path or wildcards",
  'use the scheme, the host and the port of the page',
  (value) => typeof value === 'string' && isOrigin(value),
);
const type = schema.oneOf(...Object.keys(TUNNEL_TYPES));

const known = schema.shape({
  path,
  prefixed: schema.boolean,
  dsns: schema.arrayOf(dsn, 'DSNs'),
  origins: (value, at) => {
    if (value !== '*') schema.arrayOf(origin, "origins, or '*'")(value, at);
  },
  types: schema.arrayOf(type, 'kinds of items'),
  maxBytes: schema.atLeast(1),
  maxDecompressedBytes: schema.atLeast(1),
  perMinute: schema.shape({ client: schema.atLeast(1), total: schema.atLeast(1) }),
  user: schema.callable,
});

export const tunnelShape: schema.Check = (value, at) => {
  known(value, at);
  path((value as Partial<TunnelOptions>).path, `${at}.path`);
};

function isOrigin(value: string): boolean {
  try {
    const url = new URL(value);
    return url.origin === value.toLowerCase() && !value.includes('*');
  } catch {
    return false;
  }
}
