import type { ApplicationContext } from './execution.js';
import type { User } from '@sentry/nestjs';
import { BoundedCopy, copyFirstEntries, firstEntries } from '../bounds/index.js';
import { requireSynchronous } from '../stats/require-synchronous.js';
import { countFault, guarded } from '../stats/stats.js';
import { parseDuration } from '../options/duration.js';
import type { SentryModuleOptions, UserOptions } from '../options/module-options.js';
import { logSettings } from './log-settings.js';

type RequestHook<T> = (request: unknown) => T;

const DEFAULT_USER_FIELDS = ['id', 'username', 'email'];

/** Compiles the options of one application into what its executions need. */
export function applicationContext(
  options: Pick<SentryModuleOptions, 'user' | 'context' | 'operations' | 'logger'>,
): ApplicationContext {
  const { resolve, fields } = userOptions(options.user);
  const tags = options.context?.tags as RequestHook<object | null | undefined> | undefined;
  return {
    logger: logSettings(options.logger),
    slowerThan: parseDuration(options.operations?.slowerThan),
    requestIdHeader: options.context?.requestIdHeader?.toLowerCase() ?? 'x-request-id',
    user: ({ request, incoming, userOf }) => resolveUser(request ?? incoming, resolve, fields, userOf),
    tags: ({ request, incoming }) => {
      const subject = request ?? incoming;
      if (!tags || subject === undefined) return {};
      return guarded('context-tags', () => stringTags(requireSynchronous(tags(subject)))) ?? {};
    },
  };
}

function userOptions(user: SentryModuleOptions['user']): { resolve?: RequestHook<unknown>; fields: string[] } {
  const options: UserOptions = typeof user === 'function' ? { resolve: user } : (user ?? {});
  return {
    resolve: options.resolve as RequestHook<unknown> | undefined,
    fields: options.fields ?? DEFAULT_USER_FIELDS,
  };
}

/** The user that the resolver returns, or else the selected fields of `request.user` or of the transport's own user. */
function resolveUser(
  request: unknown,
  resolve: RequestHook<unknown> | undefined,
  fields: string[],
  userOf = () => userOfRequest(request as PlatformRequest),
): User | undefined {
  if (request === undefined || request === null) return undefined;
  if (resolve) {
    let resolved: unknown;
    try {
      resolved = requireSynchronous(resolve(request));
    } catch {
      countFault('user-resolver');
      return undefined; // the resolver may exist to exclude fields of request.user
    }
    if (typeof resolved === 'object' && resolved !== null) return firstEntries(resolved);
  }
  return guarded('user-resolver', () => pickUser(userOf(), fields));
}

interface PlatformRequest {
  user?: unknown;
  raw?: { user?: unknown };
}

/** On Fastify, middleware can set the user only on Node's own request. */
function userOfRequest({ user, raw }: PlatformRequest): unknown {
  return user ?? raw?.user;
}

function pickUser(user: unknown, fields: string[]): User | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  const source = user as Record<string, unknown>;
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field === 'id' ? (source.id ?? source.sub ?? source.userId) : source[field];
    if (value !== undefined && value !== null) picked[field] = typeof value === 'bigint' ? String(value) : value;
  }
  return Object.keys(picked).length > 0 ? picked : undefined;
}

/** The type allows no objects, but nothing enforces it. */
const TAG_LIMITS = { depth: 2, breadth: 100, values: 100, characters: 10_000 };

function stringTags(tags: object | null | undefined): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags ? copyFirstEntries(tags) : {}) as [
    string,
    string | number | boolean | null | undefined,
  ][]) {
    if (value !== undefined && value !== null)
      strings[key] = String(typeof value === 'object' ? new BoundedCopy(TAG_LIMITS).of(value) : value);
  }
  return strings;
}
