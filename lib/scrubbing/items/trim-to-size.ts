import type { Limits } from '../limits/limits.js';
import type { FieldContext } from '../fields/field-context.js';
import type { RecordedRemoval } from '../walk/remarks.js';
import type { CompiledRules } from '../walk/compiled-rules.js';
import { Walk } from '../walk/walk.js';
import { fitsInto } from './json-size.js';

const MAX_ROUNDS = 16;
const MIN_TEXT_LENGTH = 64;
const MIN_ENTRIES = 4;
const MIN_DEPTH = 6;
/** Most bytes that one character can take as JSON. */
const WORST_EXPANSION = 6;
/** After this many rounds, the lists of the protocol (spans, frames) are cut, too. */
const GENTLE_ROUNDS = 4;

/**
 * Cuts a scrubbed item until it fits the limit on bytes: each round halves the limits on strings and lists, the later
 * ones also the depth.
 *
 * @param bound - bytes that the item takes at most; if it is far over the limit, it is cut before it is serialized
 */
export function fitBytes(
  rules: CompiledRules,
  scrubbed: unknown,
  field: FieldContext,
  limits: Limits,
  removals: readonly RecordedRemoval[],
  bound: number,
): { output: unknown; removals: readonly RecordedRemoval[] } {
  let output = scrubbed;
  let all = removals;
  let { text, breadth, depth } = limits;
  const budget = limits.bytes - metaReserve(limits.bytes);
  let estimate = bound / WORST_EXPANSION;
  for (let round = 0; round < MAX_ROUNDS && (estimate > budget || !fitsInto(output, budget)); round++) {
    text = Math.max(MIN_TEXT_LENGTH, Math.floor(text / 2));
    if (round >= 1) breadth = Math.max(MIN_ENTRIES, Math.floor(breadth / 2));
    if (round >= GENTLE_ROUNDS) depth = Math.max(MIN_DEPTH, Math.floor(depth / 2));
    const walk = new Walk(rules, {
      record: true,
      limits: { text, breadth, depth, bytes: Math.floor(limits.bytes / 2 ** round) },
      cutOnly: true,
      strict: round >= GENTLE_ROUNDS,
    });
    output = walk.value(output, field);
    estimate = walk.budget.bytes;
    all = [...all, ...walk.log.removals].slice(0, 500);
  }
  return { output, removals: all };
}

/** Bytes reserved for `_meta`. */
function metaReserve(bytes: number): number {
  return Math.floor(bytes / 8);
}
