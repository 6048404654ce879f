import { fieldContext, type FieldContext } from '../fields/field-context.js';
import { cutMarker } from '../limits/limits.js';
import type { KeyFacts } from '../names/key-facts.js';
import type { KeyRules } from '../names/key-rules.js';
import { FILTERED } from '../markers/marker.js';
import { applyApplicationRules } from './application-rules.js';
import { judgedBySiblings } from './sibling-values.js';
import { addEcho, removeEchoes } from './echoed-values.js';
import type { EntryPlan } from './entry-plans.js';
import { removeNamed, ruleOfEntry } from './named-values.js';
import { personalValue } from './personal-values.js';
import { MAX_READ_ENTRIES, copyOf, define, renamedCopy, firstOf } from './plain-copy.js';
import { isRedis } from './value-shapes.js';
import { MIN_CARD_NUMBER, type WalkContext } from './walk-context.js';

type Entries = Record<string, unknown>;

/** Scrubs the entries of a plain object; returns the object itself if nothing changed. */
export function walkEntries(
  walk: WalkContext,
  object: Entries,
  field: FieldContext,
  outer: KeyFacts | undefined,
): unknown {
  const { log, strings, budget, hasApplicationRules } = walk;
  const { path, depth } = log;
  const { redis } = strings;
  const { work } = walk.rules;
  const isFree = field.children === undefined && !walk.cutOnly;
  const plans = walk.rules.plans.of(field);
  const max = budget.maxEntries(field);
  let plan = plans.start;
  let copy: Entries | undefined;
  let echoes: readonly string[] | undefined;
  let renamed = false;
  let count = 0;
  let bytes = 0;
  let rest = 0;
  let last = '';
  let stopped = false;
  if (field.container === 'span') strings.redis = isRedis(object);
  log.depth = depth + 1;
  for (const key in object) {
    if (work.isOverdrawn && isFree) {
      stopped = true;
      break;
    }
    if (count === max - 1) {
      // whether this is the last entry, and how many are cut, is known once the loop has gone on
      if (rest++ === 0) last = key;
      if (rest < MAX_READ_ENTRIES) continue;
      break;
    }
    count++;
    plan = plan.next.key === key ? plan.next : plans.after(plan, key);
    bytes += plan.bytes;
    path[depth] = plan.name;
    if (plan.renames) renamed = true;
    const value = copy === undefined ? object[key] : copy[key];
    let clean: unknown;
    if (!plan.plain || hasApplicationRules) clean = entryValue(walk, plan, value, copy ?? object, field, outer);
    else if (typeof value === 'string') clean = strings.ofEntry(value, plan);
    else if (typeof value === 'number' && value < MIN_CARD_NUMBER) continue;
    else clean = walk.value(value, plan.field, plan.facts);
    if (clean !== value) {
      copy ??= copyOf(object, key, max);
      define(copy, key, clean);
      if (plan.paired && clean === FILTERED) echoes = addEcho(echoes, value);
    }
  }
  if (rest === 1 && !stopped) {
    rest = 0;
    count++;
    plan = plans.of(last);
    bytes += plan.bytes;
    path[depth] = plan.name;
    if (plan.renames) renamed = true;
    const value = (copy ?? object)[last];
    const clean = entryValue(walk, plan, value, copy ?? object, field, outer);
    if (clean !== value) {
      copy ??= copyOf(object, last, max);
      define(copy, last, clean);
      if (plan.paired && clean === FILTERED) echoes = addEcho(echoes, value);
    }
  }
  budget.visit(count);
  if (rest > 0) budget.lists(rest);
  if (echoes !== undefined && copy !== undefined) removeEchoes(copy, echoes, work, log);
  if (copy !== undefined) budget.copies();
  budget.bytes += bytes;
  if (renamed) copy = renamedCopy(copy ?? copyOf(object, '', max), count, plans);
  else if (rest > 0 || stopped) copy = firstOf(copy ?? copyOf(object, '', count), count);
  if (rest > 0 || stopped) {
    path[depth] = '…';
    const what = cutMarker(stopped ? 'size' : `${rest} keys`);
    define(copy as Entries, '…', log.remove(what, '!limit', undefined));
  }
  log.depth = depth;
  strings.redis = redis;
  return copy ?? object;
}

/** Scrubs the value of a pair of name and value that is no entry of an object. */
export function walkNamedValue(
  walk: WalkContext,
  key: string,
  value: unknown,
  field: FieldContext,
  outer?: KeyFacts,
): unknown {
  return entryValue(walk, walk.rules.plans.of(field).of(key), value, NO_ENTRIES, field, outer);
}

/** A value whose name matters, or that the application's own rules check. */
function entryValue(
  walk: WalkContext,
  plan: EntryPlan,
  original: unknown,
  object: Entries,
  field: FieldContext,
  outer: KeyFacts | undefined,
): unknown {
  let value = original;
  if (walk.hasApplicationRules) {
    const outcome = applyApplicationRules(walk.rules, walk.log, value);
    if (outcome.done === 'removed') return outcome.value;
    if (outcome.done === 'keep') return keptValue(walk, value);
    value = outcome.value;
  }
  if (plan.plain || walk.cutOnly) return walk.value(value, plan.field, plan.facts);
  const { rules } = walk;
  const { container } = field;
  const rule = ruleOfEntry(plan, value, object, container, rules, walk.variables, outer);
  if (rule === undefined && plan.own?.personal !== undefined && field.checksNames)
    value = personalValue(walk, value, plan.own.personal);
  if (rule === undefined && plan.judgedBySiblings) value = judgedBySiblings(plan.key, value, object, rules, walk.log);
  return rule === undefined
    ? walk.value(value, plan.field, plan.key === 'value' ? factsOfValue(rules.keys, plan, object, outer) : plan.facts)
    : removeNamed(value, rule, plan.own, container, rules, walk.log);
}

/**
 * What is known of the values in `value`: of a `Cookie` header, from its own name; of one of a list of cookies, nothing,
 * as its own name tells whether it is secret; else what the name of the object says.
 */
function factsOfValue(
  keys: KeyRules,
  plan: EntryPlan,
  object: Entries,
  outer: KeyFacts | undefined,
): KeyFacts | undefined {
  const name = object.name ?? object.key;
  if (typeof name !== 'string') return outer ?? plan.facts;
  if (COOKIE_HEADER.test(name)) return keys.of(name);
  return outer?.cookies ? plan.facts : (outer ?? plan.facts);
}

/** A value that a path rule keeps: no rule on names or strings applies to it, but limits and guarantees do. */
export function keptValue(walk: WalkContext, value: unknown): unknown {
  const { hasApplicationRules } = walk;
  walk.hasApplicationRules = false;
  const clean = walk.value(value, KEPT);
  walk.hasApplicationRules = hasApplicationRules;
  return clean;
}

const COOKIE_HEADER = /^(?:set-)?cookie2?$/i;
const NO_ENTRIES: Entries = {};
const KEPT = fieldContext({ kinds: 0, checksNames: false });
