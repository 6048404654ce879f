import type { ApplicationContext, Execution } from './execution.js';
import type { User } from '@sentry/nestjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { countFault, guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { parseDuration } from '../options/duration.js';
import type { SentryModuleOptions, UserOptions } from '../options/module-options.js';

type RequestHook<T> = (request: unknown) => T;

const DEFAULT_USER_FIELDS = ['id', 'username', 'email'];

export function applicationContext(
  options: Pick<SentryModuleOptions, 'user' | 'context' | 'operations'>,
): ApplicationContext {
  const { resolve, fields } = userOptions(options.user);
  const tags = options.context?.tags as RequestHook<object | null | undefined> | undefined;
  return {
    slowerThan: parseDuration(options.operations?.slowerThan),
    requestIdHeader: options.context?.requestIdHeader?.toLowerCase() ?? 'x-request-id',
    user: ({ request, incoming, userOf }) => resolveUser(request ?? incoming, resolve, fields, userOf),
    tags: ({ request, incoming }) => {
      const subject = request ?? incoming;
      if (!tags || subject === undefined) return {};
      return guarded('context-tags', () => stringTags(tags(subject))) ?? {};
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

/** The resolver's answer; where it names nobody, the chosen fields of `request.user` or of the transport's own user. */
function resolveUser(
  request: unknown,
  resolve: RequestHook<unknown> | undefined,
  fields: string[],
  userOf = () => (request as { user?: unknown }).user,
): User | undefined {
  if (request === undefined || request === null) return undefined;
  if (resolve) {
    let answer: unknown;
    try {
      answer = resolve(request);
    } catch {
      countFault('user-resolver');
      return undefined; // the resolver may exist to keep fields of request.user back
    }
    if (isThenable(answer)) {
      countFault('user-resolver');
      answer.then(undefined, () => undefined); // its rejection belongs to the fault that was just counted
      return undefined;
    }
    if (typeof answer === 'object' && answer !== null) return answer;
  }
  return guarded('user-resolver', () => pickUser(userOf(), fields));
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

function stringTags(tags: object | null | undefined): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags ?? {}) as [string, string | number | boolean | null | undefined][]) {
    if (value !== undefined && value !== null) strings[key] = String(value);
  }
  return strings;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** The applications of this process, by the HTTP server that each listens with. */
const applications = processWide('applications', () => ({
  byServer: new WeakMap<object, ApplicationContext>(),
  all: new Set<ApplicationContext>(),
}));

/** The making of one application. */
interface Making {
  readonly contexts: ApplicationContext[];
  failed: boolean;
}
const makings = processWide('application-makings', () => new AsyncLocalStorage<Making>());

/**
 * Runs the making of an application. Where that fails, nobody closes it: `forget` takes out what it has registered, and
 * what it is yet to register, for Nest does not wait for the other providers.
 */
export async function withinRegistration(make: (forget: () => void) => Promise<void>): Promise<void> {
  const making: Making = { contexts: [], failed: false };
  const forget = () => {
    making.failed = true;
    making.contexts.forEach(unregisterApplication);
  };
  await makings.run(making, () => make(forget));
  making.contexts.length = 0; // whatever was started meanwhile keeps this store for as long as it runs
}

export function registerApplication(context: ApplicationContext, server?: object): void {
  const making = makings.getStore();
  if (making?.failed) return;
  applications.all.add(context);
  making?.contexts.push(context);
  if (server) applications.byServer.set(server, context);
}

export function unregisterApplication(context: ApplicationContext): void {
  applications.all.delete(context);
}

const NOBODY = applicationContext({});

/** The application that an execution belongs to: that of its server, or the only one there is. */
export function applicationOf({ incoming, application }: Execution): ApplicationContext {
  if (application) return application;
  const server = (incoming?.socket as { server?: object } | undefined)?.server;
  const own = server && applications.byServer.get(server);
  if (own) return own;
  if (applications.all.size === 1) for (const only of applications.all) return only;
  return NOBODY;
}
