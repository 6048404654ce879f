import type { SdkOptions } from '../options/init-options.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { SDK_HOOKS } from '../options/sdk-options.js';
import { countFault } from '../stats/stats.js';

type Hook = (...args: unknown[]) => unknown;
type HookName = (typeof SDK_HOOKS)[number];

/**
 * The SDK options with hooks that never throw or reject: a fault is counted under the name of the hook, and its subject
 * is dropped, because the hook may exist to remove sensitive data.
 */
export function guardSdkHooks({ sdk, tracesSampleRate }: Pick<ResolvedInit, 'sdk' | 'tracesSampleRate'>): SdkOptions {
  const hooks = sdk as Partial<Record<HookName, Hook>> | undefined;
  const safe: Partial<Record<HookName, Hook>> = {};
  for (const name of SDK_HOOKS) {
    const hook = hooks?.[name];
    if (hook) safe[name] = guardHook(name, hook, tracesSampleRate);
  }
  return { ...sdk, ...(safe as SdkOptions) };
}

/** Uses a proxy, because the SDK sets properties on some hooks. */
function guardHook(name: HookName, hook: Hook, rate: number): Hook {
  const where = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const onFault = (subject: unknown) => {
    countFault(where);
    if (name === 'tracesSampler') return sampledAt(rate, subject);
    return name === 'beforeSendSpan' ? subject : null; // the SDK cannot drop a span there
  };
  return new Proxy(hook, {
    apply: (target, self, args: unknown[]) => {
      try {
        const result: unknown = Reflect.apply(target, self, args);
        if (!isThenable(result)) return result;
        return result.then(undefined, () => onFault(args[0]));
      } catch {
        return onFault(args[0]);
      }
    },
  });
}

function sampledAt(rate: number, context: unknown): number {
  const { inheritOrSampleWith: inherit } = context as { inheritOrSampleWith?: (rate: number) => number };
  return inherit?.(rate) ?? rate;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
