import type { Event } from '@sentry/nestjs';

/** Work of an execution that becomes a breadcrumb once it ends, and until then is all there is to see of it. */
export interface Unfinished {
  readonly what: 'queries' | 'calls';
  /** In words, without values; undefined if something else stands for it. */
  summary(): string | undefined;
}

/** An execution, as far as it matters here. */
interface Working {
  readonly kind: string;
  unfinished?: Set<Unfinished>;
}

/** Further ones are not shown. */
const MAX_UNFINISHED = 100;
/** Of each kind, the latest. */
const MAX_SHOWN = 10;

export function noteStart(execution: Working, work: Unfinished): void {
  const unfinished = (execution.unfinished ??= new Set());
  if (unfinished.size < MAX_UNFINISHED) unfinished.add(work);
}

export function noteEnd({ unfinished }: Working, work: Unfinished): void {
  unfinished?.delete(work);
}

/** Adds the context `unfinished`: what had not ended when the event was captured, as a query that is too slow. */
export function describeUnfinished(event: Event, { kind, unfinished }: Working): void {
  if (!unfinished || unfinished.size === 0 || kind === 'process') return;
  const shown: Partial<Record<Unfinished['what'], string[]>> = {};
  for (const work of [...unfinished].reverse()) {
    const list = (shown[work.what] ??= []);
    const text = list.length < MAX_SHOWN ? work.summary() : undefined;
    if (text !== undefined) list.unshift(text);
  }
  const contexts = Object.entries(shown).filter(([, list]) => list.length > 0);
  if (contexts.length > 0) event.contexts = { unfinished: Object.fromEntries(contexts), ...event.contexts };
}
