import { settingsWith, type OwnOptions } from '../../partners/own-options.js';
import type { Disturbance } from './disturbance.js';
import { compileRedisSettings, type RedisOptions, type RedisSettings } from './redis-options.js';
import { redis } from './redis-partner.js';

/** A `Redis` or `Cluster` of ioredis, by its shape. */
export interface RedisClient {
  readonly status: string;
  readonly options?: { readonly host?: string; readonly port?: number; readonly path?: string };
  readonly startupNodes?: readonly unknown[];
  sendCommand(command: Command, stream?: unknown, ...rest: unknown[]): unknown;
  pipeline(): Pipeline;
  on(event: string, listener: (error?: unknown) => void): unknown;
  silentEmit?(event: string, error?: unknown): unknown;
}
export interface Pipeline {
  readonly redis: RedisClient;
  sendCommand(command: Command): unknown;
}
/** A command, and the functions that settle its promise. */
export interface Command {
  readonly name: string;
  readonly args: readonly unknown[];
  getKeys?(): readonly unknown[];
  resolve: (this: Command, value: unknown) => void;
  reject: (this: Command, error: unknown) => void;
}

/** A client that is tracked. */
export interface TrackedClient {
  /** Of the application that has it among its providers. */
  modules?: object;
  /** The options of `trackRedis()`. */
  own?: OwnOptions<RedisOptions, RedisSettings>;
  readonly disturbance: Disturbance;
}

/** The settings of a client; undefined if its application does not track Redis. */
export function settingsOf(client: TrackedClient): RedisSettings | undefined {
  const tracking = client.modules ? redis.trackingIn(client.modules) : redis.trackingHere();
  return tracking && settingsWith(tracking.settings, client.own, compileRedisSettings);
}
