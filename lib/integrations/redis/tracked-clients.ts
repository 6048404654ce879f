import { patchPrototype } from '../../hooks/patch-method.js';
import { methodOf } from '../../hooks/provider-instances.js';
import { definedBy } from '../../hooks/provider-prototypes.js';
import { processWide } from '../../process-state/process-wide.js';
import { guarded } from '../../stats/stats.js';
import { settingsOf, type Pipeline, type RedisClient, type TrackedClient } from './client.js';
import { queueing, sending } from './command.js';
import { disturbanceOf } from './disturbance.js';

/** The class of clients is hooked, but most clients of a process are those of libraries, such as BullMQ. */
const clients = processWide('redis-clients', () => new WeakMap<object, TrackedClient>());

/** Whether an object is a `Redis` or a `Cluster` of ioredis. */
export function isRedisClient(object: object): object is RedisClient {
  return ['sendCommand', 'pipeline', 'duplicate', 'silentEmit', 'defineCommand'].every(
    (name) =>
      methodOf(object, name) !== undefined || (name === 'silentEmit' && methodOf(object, 'nodes') !== undefined),
  );
}

/** Follows the commands and the connection of a client. */
export function trackClient(client: RedisClient, given: Pick<TrackedClient, 'modules' | 'own'>): void {
  const known = clients.get(client);
  if (known) {
    Object.assign(known, given);
    return;
  }
  const tracked: TrackedClient = { ...given, disturbance: disturbanceOf(serverOf(client)) };
  clients.set(client, tracked);
  hookClass(client);
  client.on('ready', () => {
    guarded('redis', () => {
      tracked.disturbance.ended();
    });
  });
  if (client.startupNodes)
    client.on('node error', (error: unknown) => {
      noteFailure(tracked, error);
    });
}

function noteFailure(client: TrackedClient, error: unknown): void {
  guarded('redis', () => {
    if (settingsOf(client)) client.disturbance.connectionFailed(error);
  });
}

function hookClass(client: RedisClient): void {
  patchPrototype(
    'redis',
    definedBy<RedisClient>(client, 'sendCommand'),
    'sendCommand',
    (send) =>
      function (command, ...rest) {
        const tracked = clients.get(this);
        if (tracked) {
          guarded('redis', () => {
            sending(tracked, command, this);
          });
        }
        return send.call(this, command, ...rest);
      },
  );
  const pipeline = guarded('redis', () => client.pipeline());
  patchPrototype(
    'redis',
    pipeline && definedBy<Pipeline>(pipeline, 'sendCommand'),
    'sendCommand',
    (send) =>
      function (command) {
        const tracked = clients.get(this.redis);
        if (tracked) {
          guarded('redis', () => {
            queueing(tracked, command, this);
          });
        }
        return send.call(this, command);
      },
  );
  hookErrors(client);
}

/** A listener would keep ioredis from printing errors that nobody listens to. */
function hookErrors(client: RedisClient): void {
  const owner = definedBy<Required<RedisClient>>(client, 'silentEmit');
  if (!owner) return;
  patchPrototype(
    'redis',
    owner,
    'silentEmit',
    (emit) =>
      function (event, ...rest) {
        const { status } = this;
        const result = emit.call(this, event, ...rest);
        const tracked = event === 'error' && status !== 'end' ? clients.get(this) : undefined;
        if (tracked) noteFailure(tracked, rest[0]);
        return result;
      },
  );
}

function serverOf({ options, startupNodes }: RedisClient): string {
  if (startupNodes) return `cluster ${nodeOf(startupNodes[0])}`;
  return options?.path ?? nodeOf(options);
}

function nodeOf(node: unknown): string {
  if (typeof node === 'string') return node.replace(/^.*@/, '').slice(0, 100);
  const { host = 'localhost', port = 6379 } = (node ?? {}) as { host?: string; port?: number };
  return `${host}:${port}`;
}
