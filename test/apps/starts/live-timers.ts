// Tracks every timer that is set and neither over nor cleared, also those that do not keep the process alive.
import { createHook } from 'node:async_hooks';

/** Where each was set; `other` if neither by the library nor by the SDK. */
export const liveTimers = new Map<number, string>();

createHook({
  init: (id, type) => {
    if (type !== 'Timeout') return;
    const frames = String(new Error().stack).split('\n').slice(2);
    const setter = frames.find((frame) => !/[( ]node:|live-timers/.test(frame)) ?? '';
    const [, ours = 'other'] = /(?:nestjs-error-tracker\/dist|@sentry)\/(.*?)(?::\d+)?\)?$/.exec(setter) ?? [];
    liveTimers.set(id, ours);
  },
  destroy: (id) => liveTimers.delete(id),
}).enable();
