import type { WorkMeter } from '../limits/work-meter.js';
import { FILTERED } from '../markers/marker.js';
import { withoutValue } from './without-value.js';

/** A shorter value may stand in a text by chance. */
const MIN_LENGTH = 6;
const MAX_LENGTH = 400;
const MAX_VALUES = 8;

/**
 * What a rule removed at one place of a text, wherever the text repeats it: a database quotes a value, and then prints
 * the statement with its name.
 *
 * @param before - the text
 * @param after - the same with {@link FILTERED} in place of some values
 */
export function removeRepeated(before: string, after: string, work: WorkMeter): string {
  let out = after;
  for (const value of removedValues(work.read(before, 6), after))
    out = withoutValue(out, value, work, { wholeWords: true });
  return out;
}

/** What stood where the second text has {@link FILTERED}; those before the first other difference. */
function removedValues(before: string, after: string): Set<string> {
  const kept = after.split(FILTERED);
  const values = new Set<string>();
  const first = kept[0] ?? '';
  if (!before.startsWith(first)) return values;
  let at = first.length;
  for (let next = 1; next < kept.length && values.size < MAX_VALUES; next++) {
    const part = kept[next] ?? '';
    const isLast = next === kept.length - 1;
    if (part === '' && !isLast) return values;
    const end = isLast ? before.length - part.length : before.indexOf(part, at);
    if (end < at || !before.startsWith(part, end)) return values;
    const value = before.slice(at, end);
    if (isDistinctive(value)) values.add(value);
    at = end + part.length;
  }
  return values;
}

function isDistinctive(value: string): boolean {
  return (
    value.length >= MIN_LENGTH && value.length <= MAX_LENGTH && !/^[a-z]+$/i.test(value) && !value.includes('[Filtered')
  );
}
