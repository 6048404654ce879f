import { processWide } from '../process-state/process-wide.js';

/**
 * What has become of the notifications of one channel.
 *
 * @example
 * ```ts
 * import { type ChannelStatus } from 'nestjs-error-tracker';
 *
 * const isSilent = ({ failed, waiting }: ChannelStatus): boolean => failed + waiting > 0;
 * const silent = Object.entries(tracker.status().alerts?.channels ?? {}).filter(([, channel]) => isSilent(channel));
 * ```
 */
export interface ChannelStatus {
  /** Messages that the receiver has accepted. */
  sent: number;
  /** Messages that were given up. */
  failed: number;
  /** Notifications that are not sent yet. */
  waiting: number;
  /** Why the last one that failed did. */
  lastError?: string;
}

/**
 * The alerts of this process.
 *
 * @example
 * ```ts
 * const { store, channels } = tracker.status().alerts ?? {};
 * ```
 */
export interface AlertStatus {
  /** Where rules count; `local` while Redis is away. */
  store: 'memory' | 'redis' | 'local';
  /** By name. */
  channels: Record<string, ChannelStatus>;
}

/** Of the running applications. */
const running = processWide('alerts', () => new Set<() => AlertStatus>());

/** @returns ends it */
export function showStatus(status: () => AlertStatus): () => void {
  running.add(status);
  return () => running.delete(status);
}

/** The alerts of this process; undefined if none run. */
export function alertStatus(): AlertStatus | undefined {
  const [first, ...others] = [...running].map((status) => status());
  if (!first) return undefined;
  const channels: AlertStatus['channels'] = {};
  for (const each of [...others, first]) Object.assign(channels, each.channels);
  return { ...first, channels };
}
