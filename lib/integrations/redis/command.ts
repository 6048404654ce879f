import { getIsolationScope, type Scope } from '@sentry/nestjs';
import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { rounded } from '../../capture/report-slow.js';
import { executionOf } from '../../context/execution.js';
import { noteFailedQueryMessage } from '../../context/failed-queries.js';
import { guarded } from '../../stats/stats.js';
import { settingsOf, type Command, type Pipeline, type RedisClient, type TrackedClient } from './client.js';
import { codeOf } from './disturbance.js';
import { textOfKey } from './key-text.js';
import type { RedisSettings } from './redis-options.js';

/** What ioredis sends itself while it connects. */
const HANDSHAKE = new Set(['auth', 'hello', 'client', 'info', 'select', 'readonly', 'cluster']);
const MAX_NAME = 32;
/** The message of ioredis' `commandTimeout`. */
const TIMED_OUT = 'Command timed out';

/** A breadcrumb that is noted once its command has ended. */
interface Watch {
  readonly message: string;
  readonly isolation: Scope;
  readonly data: { duration: number; count?: number };
  startedAt: number;
  isSent: boolean;
}

/** On a command: how it is followed, null if it is not. On a pipeline: its last command. Weak maps would cost more. */
const WATCH = Symbol.for('nestjs-error-tracker.redis-command');
interface Watched {
  [WATCH]?: Watch | null;
}

/** Called when a client sends a command: again if it was queued, or sent over a connection that was lost. */
export function sending(client: TrackedClient, command: Command & Watched, redis: RedisClient): void {
  const known = command[WATCH];
  if (known === undefined) {
    const isHandshake = redis.status !== 'ready' && HANDSHAKE.has(command.name.toLowerCase());
    const watch = isHandshake ? undefined : watchOf(client, command);
    command[WATCH] = watch ?? null;
    if (watch) follow(client, command, watch, redis);
  } else if (known && !known.isSent) {
    known.startedAt = performance.now();
  }
  if (known) known.isSent = true;
}

/**
 * Called when a command is added to a pipeline, by the code that adds it: the pipeline may be sent later, with commands of
 * other executions. Equal commands in a row are one breadcrumb.
 */
export function queueing(client: TrackedClient, command: Command & Watched, pipeline: Pipeline & Watched): void {
  if (command[WATCH] !== undefined) return;
  const watch = watchOf(client, command);
  const last = pipeline[WATCH];
  if (watch && last?.message === watch.message && last.isolation === watch.isolation) {
    last.data.count = (last.data.count ?? 1) + 1;
    command[WATCH] = null;
    return;
  }
  command[WATCH] = watch ?? null;
  if (!watch) return;
  watch.isSent = false;
  pipeline[WATCH] = watch;
  follow(client, command, watch, pipeline.redis);
}

function watchOf(client: TrackedClient, command: Command): Watch | undefined {
  const settings = settingsOf(client);
  if (!settings || settings.ignores(command.name.toLowerCase())) return undefined;
  return {
    message: messageOf(command, settings),
    isolation: getIsolationScope(),
    data: { duration: 0 },
    startedAt: performance.now(),
    isSent: true,
  };
}

/** The name of the command, and the pattern of its first key: no argument that Redis does not take for a key. */
function messageOf(command: Command, settings: RedisSettings): string {
  const name = command.name.slice(0, MAX_NAME).toUpperCase();
  const key = textOfKey(command.getKeys?.()[0]);
  return key === undefined ? name : `${name} ${settings.patternOf(key)}`;
}

/** Before the code that waits for the command continues. Its promise stays as it is: nobody else may handle it. */
function follow({ disturbance }: TrackedClient, command: Command, watch: Watch, redis: RedisClient): void {
  const { resolve, reject } = command;
  command.resolve = function (value) {
    guarded('redis', () => {
      disturbance.ended();
      note(watch);
    });
    resolve.call(this, value);
  };
  command.reject = function (error) {
    guarded('redis', () => {
      const isFirst = !isUnreachable(error, redis) || disturbance.commandFailed(error, watch.isolation);
      if (isFirst) note(watch, { error: codeOf(error) });
      noteArguments(error, watch.isolation);
    });
    reject.call(this, error);
  };
}

/** Redis quotes the arguments of a command that it does not know. */
function noteArguments(error: unknown, isolation: Scope): void {
  const { message } = (error ?? {}) as { message?: unknown };
  if (typeof message !== 'string' || !message.includes(' args beginning with')) return;
  noteFailedQueryMessage(executionOf(isolation), message, { system: 'redis' });
}

/** Whether the server could not be reached, as opposed to a reply, or a command that ioredis refuses. */
function isUnreachable(error: unknown, { status }: RedisClient): boolean {
  const { name, code, message } = (error ?? {}) as { name?: unknown; code?: unknown; message?: unknown };
  if (name === 'ReplyError') return false;
  return status !== 'ready' || message === TIMED_OUT || (typeof code === 'string' && /^E[A-Z]/.test(code));
}

function note({ message, isolation, data, startedAt }: Watch, failure?: { error: string | undefined }): void {
  data.duration = rounded(performance.now() - startedAt);
  const level = failure ? 'error' : 'info';
  noteBreadcrumb({ category: 'redis', message, level, data: Object.assign(data, failure) }, isolation);
}
