import { SDK_VERSION, type NodeOptions } from '@sentry/nestjs';
import { ConfigurationError } from '../options/configuration-error.js';

/** `static` sends the spans of a trace as a transaction, `stream` each span when it ends. */
type TraceLifecycle = 'static' | 'stream';

/** Which the SDK uses. Sentry 10 does not read the variable. */
function traceLifecycleOf({ traceLifecycle }: NodeOptions, major: number, env: NodeJS.ProcessEnv): TraceLifecycle {
  const byDefault = major < 11 ? 'static' : env.SENTRY_TRACE_LIFECYCLE === 'static' ? 'static' : 'stream';
  return traceLifecycle ?? byDefault;
}

/** Hooks that the SDK calls with transactions, and what has the same effect on spans. */
const OF_TRANSACTIONS = [
  ['beforeSendTransaction', 'sdk.beforeSendSpan'],
  ['ignoreTransactions', 'sdk.ignoreSpans or sampling.traces'],
] as const;

/**
 * @param prefix - of the path in the error
 * @throws {ConfigurationError} if the SDK does not call a hook with this life cycle of traces
 */
export function refuseHooksOfOtherLifecycle(
  sdk: NodeOptions,
  prefix: string,
  version: string = SDK_VERSION,
  env: NodeJS.ProcessEnv = process.env,
): void {
  const major = Number.parseInt(version, 10);
  const lifecycle = traceLifecycleOf(sdk, major, env);
  const refuse = (name: keyof NodeOptions, expected: string, fix: string) => {
    throw new ConfigurationError({ path: `${prefix}sdk.${name}`, received: sdk[name], expected, fix });
  };
  if (lifecycle === 'stream') {
    for (const [name, replacement] of OF_TRANSACTIONS) {
      if (sdk[name] === undefined) continue;
      const expected = "traceLifecycle: 'static', because the SDK sends no transactions otherwise";
      refuse(name, expected, `set sdk.traceLifecycle to 'static', or use ${replacement}`);
    }
  }
  const fix = wrapperFix(sdk.beforeSendSpan, lifecycle, major);
  if (fix) refuse('beforeSendSpan', `a function for traceLifecycle: '${lifecycle}'`, fix);
}

/** What marks a function for one of the life cycles. */
interface Wrapper {
  readonly name: string;
  readonly mark: string;
  readonly lifecycle: TraceLifecycle;
}
const SENTRY_10: Wrapper = { name: 'withStreamedSpan', mark: '_streamed', lifecycle: 'stream' };
const SENTRY_11: Wrapper = { name: 'withStaticSpan', mark: '_static', lifecycle: 'static' };

/** The SDK ignores a function for the other life cycle, or changes the life cycle. */
function wrapperFix(hook: unknown, lifecycle: TraceLifecycle, major: number): string | undefined {
  if (hook === undefined) return undefined;
  const wrapper = major < 11 ? SENTRY_10 : SENTRY_11;
  const isMarked = (hook as Record<string, unknown>)[wrapper.mark] === true;
  if (isMarked === (lifecycle === wrapper.lifecycle)) return undefined;
  return isMarked ? `remove Sentry.${wrapper.name}()` : `wrap it in Sentry.${wrapper.name}()`;
}
