import { isReference } from '../context/operation-chain.js';
import { currentExecution, type Execution } from '../context/execution.js';
import { processWide } from '../process-state/process-wide.js';

/** Limit of thrown values per execution: an event stream may last for days. */
const MOST_VALUES = 1_000;

/** A failure passes several hooks; only the first one judges it. */
const judged = processWide(
  'judged-failures',
  () => new WeakMap<Execution, { objects: WeakSet<object>; values: Set<unknown> }>(),
);

export function wasJudged(error: unknown, at?: string): boolean {
  const known = judged.get(currentExecution());
  return isReference(error) ? (known?.objects.has(error) ?? false) : (known?.values.has(valueKey(error, at)) ?? false);
}

/** @param at - distinguishes where primitive values were thrown, because equal values may be separate failures */
export function markJudged(error: unknown, at?: string): void {
  const execution = currentExecution();
  let known = judged.get(execution);
  if (!known) judged.set(execution, (known = { objects: new WeakSet(), values: new Set() }));
  if (isReference(error)) known.objects.add(error);
  else if (execution.kind !== 'process' && known.values.size < MOST_VALUES) known.values.add(valueKey(error, at));
}

function valueKey(value: unknown, at: string | undefined): unknown {
  return at === undefined ? value : `${at} ${typeof value} ${String(value)}`;
}
