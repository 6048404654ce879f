import { processWide } from '../process-state/process-wide.js';

/** What became of the failures that reached the capture policy. */
export interface CaptureCounts {
  reported: number;
  ignored: number;
  sampledOut: number;
  throttled: number;
}

/** Whether a hook is in place; `not installed` if its package is not there. */
export type HookState = boolean | 'not installed';

/** Everything that is counted or recorded in this process, for `tracker.status()`. */
export interface Stats {
  readonly capture: CaptureCounts;
  /** Failures in hooks of the application and in this library, by place (`user-resolver`). */
  readonly faults: Record<string, number>;
  /** The hooks on Nest and on partner libraries, by name. */
  readonly hooks: Record<string, HookState>;
}

export const stats: Stats = processWide('ledger', () => ({
  capture: { reported: 0, ignored: 0, sampledOut: 0, throttled: 0 },
  faults: {},
  hooks: {},
}));

/** Counts a failure that must not reach the application. */
export function countFault(where: string): void {
  stats.faults[where] = (stats.faults[where] ?? 0) + 1;
}

/**
 * Runs a hook of the application, or a step of this library that must never fail the application.
 *
 * @returns what `run` returned, or undefined where it threw; the failure is then counted under `where`
 */
export function guarded<T>(where: string, run: () => T): T | undefined {
  try {
    return run();
  } catch {
    countFault(where);
    return undefined;
  }
}
