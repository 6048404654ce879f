import type { FieldContext } from '../fields/field-context.js';
import { cutMarker } from '../limits/limits.js';
import { STEPS_PER_MEMBER } from '../limits/work-meter.js';
import { applyApplicationRules } from '../walk/application-rules.js';
import type { Walk } from '../walk/walk.js';
import { keptValue } from '../walk/walk-entries.js';
import { walkElement } from '../walk/walk-lists.js';

/** An item with a list of others: a batch of spans, logs or metrics, or a transaction with its spans. */
export interface Members {
  readonly payload: Record<string, unknown>;
  readonly key: 'items' | 'spans';
  readonly list: readonly unknown[];
}

/** The entry with the members, by the type of the item. */
const LISTS: ReadonlyMap<string, Members['key']> = new Map([
  ['span', 'items'],
  ['log', 'items'],
  ['trace_metric', 'items'],
  ['transaction', 'spans'],
]);
/** How many times as large and as costly as another item a batch may be. */
export const BATCH_SIZE = 3;
/** As many as the SDK sends. */
const MAX_MEMBERS = 1000;

export function membersOf(type: string, payload: unknown): Members | undefined {
  const key = LISTS.get(type);
  if (key === undefined || typeof payload !== 'object' || payload === null) return undefined;
  const list = (payload as Members['payload'])[key];
  return Array.isArray(list) ? { payload: payload as Members['payload'], key, list } : undefined;
}

/**
 * Scrubs the members one after another, and stops before each. All of them share one limit; besides, each has a small
 * one of its own, so that a costly member does not cost the others theirs.
 */
export function* scrubMembers(
  walk: Walk,
  { payload, key, list }: Members,
  field: FieldContext,
): Generator<undefined, unknown, undefined> {
  const { [key]: _members, ...others } = payload;
  const rest = walk.value(others, field);
  const outcome = listedMembers(walk, key, list);
  let members = outcome.list;
  if (outcome.done === undefined && Array.isArray(members)) members = yield* scrubList(walk, key, members, field);
  if (rest === others && members === list) return payload;
  return { ...(rest as object), [key]: members };
}

/** What the rules of the application make of the list as a whole. */
function listedMembers(
  walk: Walk,
  key: string,
  list: readonly unknown[],
): { done: boolean | undefined; list: unknown } {
  if (!walk.hasApplicationRules) return { done: undefined, list };
  const { log } = walk;
  log.path[log.depth++] = key;
  const { done, value } = applyApplicationRules(walk.rules, log, list);
  const kept = done === 'keep' ? keptValue(walk, value) : value;
  log.depth--;
  return { done: done === undefined ? undefined : true, list: kept };
}

function* scrubList(
  walk: Walk,
  key: string,
  list: readonly unknown[],
  field: FieldContext,
): Generator<undefined, readonly unknown[], undefined> {
  const { log } = walk;
  const { work } = walk.rules;
  const inside = field.children?.get(key) ?? field.rest;
  const count = Math.min(list.length, MAX_MEMBERS);
  let copy: unknown[] | undefined;
  let shared = work.left * (key === 'items' ? BATCH_SIZE : 1);
  for (let at = 0; at < count; at++) {
    yield;
    work.beginMember(shared);
    log.path[0] = key;
    log.depth = 1;
    const clean = walkElement(walk, list[at], at, inside);
    log.depth = 0;
    shared -= Math.max(0, work.used - STEPS_PER_MEMBER);
    if (clean !== list[at]) (copy ??= list.slice(0, count))[at] = clean;
  }
  if (count < list.length) (copy ??= list.slice(0, count)).push(cutMarker(`${list.length - count} more`));
  return copy ?? list;
}
