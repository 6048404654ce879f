import { processWide } from '../process-state/process-wide.js';

/**
 * Failures that reached the capture policy, by outcome.
 *
 * @example
 * ```ts
 * const { reported, ignored, sampledOut, throttled } = tracker.status().capture;
 * ```
 */
export interface CaptureCounts {
  /** Errors and messages that were sent, including those that the SDK or the application captured directly. */
  reported: number;
  ignored: number;
  sampledOut: number;
  throttled: number;
}

/**
 * Whether a hook is in place; `not installed` if its package is not there.
 *
 * @example
 * ```ts
 * import { type HookState } from 'nestjs-error-tracker';
 *
 * const isMissing = (state: HookState): boolean => state === false;
 * const missing = Object.keys(tracker.status().hooks).filter((name) => isMissing(tracker.status().hooks[name]!));
 * ```
 */
export type HookState = boolean | 'not installed';

/** Everything that is counted or recorded in this process, for `tracker.status()`. */
export interface Stats {
  readonly capture: CaptureCounts;
  /** Failures in the application's hooks and in this library, by source (`user-resolver`). */
  readonly faults: Record<string, number>;
  /** The hooks on Nest and on partner libraries, by name. */
  readonly hooks: Record<string, HookState>;
}

export const stats: Stats = processWide('stats', () => ({
  capture: { reported: 0, ignored: 0, sampledOut: 0, throttled: 0 },
  faults: {},
  hooks: {},
}));

/** Counts a failure that must not reach the application. */
export function countFault(where: string): void {
  stats.faults[where] = (stats.faults[where] ?? 0) + 1;
}

/**
 * Runs a hook of the application, or a step of this library that must never break the application.
 *
 * @returns what `run` returned, or undefined if it threw; the failure is then counted under `where`
 */
export function guarded<T>(where: string, run: () => T): T | undefined {
  try {
    return run();
  } catch {
    countFault(where);
    return undefined;
  }
}
