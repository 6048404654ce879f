import { toJson } from '../texts/encodings/to-json.js';
import type { Limits } from '../limits/limits.js';
import type { FieldContext } from '../fields/field-context.js';
import type { Removal } from '../walk/remarks.js';
import type { CompiledRules } from '../walk/compiled-rules.js';
import { Walk } from '../walk/walk.js';

const ROUNDS = 16;
const SHORTEST_TEXT = 64;
const FEWEST_ENTRIES = 4;
const LEAST_DEPTH = 6;
/** After this many rounds the lists of the protocol (spans, frames) are cut as well. */
const GENTLE_ROUNDS = 4;

/**
 * Cuts a scrubbed item until it fits into the bytes that may be sent: texts and lists are halved round by round, the
 * depth last. Rare, so it may cost.
 */
export function fitBytes(
  rules: CompiledRules,
  scrubbed: unknown,
  place: FieldContext,
  limits: Limits,
  removals: readonly Removal[],
): { output: unknown; removals: readonly Removal[] } {
  let output = scrubbed;
  let all = removals;
  let { text, breadth, depth } = limits;
  const budget = limits.bytes - reserveFor(limits.bytes);
  for (let round = 0; round < ROUNDS && bytesOf(output) > budget; round++) {
    text = Math.max(SHORTEST_TEXT, Math.floor(text / 2));
    if (round >= 1) breadth = Math.max(FEWEST_ENTRIES, Math.floor(breadth / 2));
    if (round >= GENTLE_ROUNDS) depth = Math.max(LEAST_DEPTH, Math.floor(depth / 2));
    const walk = new Walk(rules, {
      record: removals.length > 0 || round >= 0,
      limits: { text, breadth, depth, bytes: Math.floor(limits.bytes / 2 ** round) },
      strict: round >= GENTLE_ROUNDS,
    });
    output = walk.value(output, place);
    all = [...all, ...walk.trail.removals].slice(0, 500);
  }
  return { output, removals: all };
}

/** Room for `_meta`. */
function reserveFor(bytes: number): number {
  return Math.floor(bytes / 8);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(toJson(value) ?? '');
}
