import type { CronTimes } from './cron-monitor.js';

type Callback = (...args: unknown[]) => unknown;

/** The properties of a `CronJob` of the package `cron` that are used here. */
export interface CronJob {
  cronTime?: CronTimes;
  waitForCompletion?: boolean;
  readonly isCallbackRunning?: boolean;
  /** What a tick calls; private. */
  _callbacks?: Callback[];
}

/** A `@Cron` method, and the job that Nest runs it in. */
export interface CronMethod {
  job?: CronJob;
}

const methods = new WeakMap<object, CronMethod>();

/** @param callback - what Nest passes to the job */
export function noteCallback(callback: object, method: CronMethod): void {
  methods.set(callback, method);
}

/** Notes the job of a `@Cron` method: its times may change later. */
export function isMounted(job: CronJob): boolean {
  const method = callbacksOf(job)
    .map((callback) => methods.get(callback))
    .find(Boolean);
  if (method) method.job = job;
  return method !== undefined;
}

export function callbacksOf({ _callbacks: callbacks }: CronJob): Callback[] {
  return Array.isArray(callbacks) ? callbacks : [];
}
