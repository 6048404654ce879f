import { describesAuth } from '../names/descriptive-names.js';
import { isMessage } from '../names/validation-messages.js';
import { cutMarker } from '../limits/limits.js';
import { FILTERED } from '../markers/marker.js';
import type { CompiledRules } from './compiled-rules.js';
import { isPlain } from './json-form.js';
import { define } from './plain-copy.js';
import type { RemovalLog } from './removal-log.js';
import { isNeverRemoved } from './value-shapes.js';

/** Entries that are sent, in all objects together; deeper objects are removed as a whole. */
const MAX_ENTRIES = 1000;
const MAX_DEPTH = 4;
/** Steps to judge one entry. */
const STEPS_PER_ENTRY = 800;
const TIMES: ReadonlySet<string> = new Set(['iat', 'exp', 'nbf', 'at', 'time', 'timestamp']);
const NO_COUNT = { counts: false };

/**
 * The value of `session` and `auth`: every key stays, with what reveals nothing (`expires: 3600`, `type: 'jwt'`); every
 * other value is removed.
 */
export function sessionValues(
  object: Record<string, unknown>,
  rule: string,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
  log: RemovalLog,
  depth = 0,
  left = { count: MAX_ENTRIES },
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key in object) {
    if (left.count-- <= 0 || work.isOverdrawn) {
      define(copy, '…', cutMarker('size'));
      break;
    }
    work.spend(STEPS_PER_ENTRY);
    const value = object[key];
    const facts = keys.of(key);
    log.path[log.depth++] = facts.name;
    define(copy, facts.name, sessionValue(key, value));
    log.depth--;
  }
  return copy;

  function sessionValue(key: string, value: unknown): unknown {
    if (isNeverRemoved(value, NO_COUNT)) return value;
    const facts = keys.of(key);
    if (
      typeof value === 'number' &&
      facts.rule === undefined &&
      (facts.counts || TIMES.has(key.toLowerCase()) || key.endsWith('At'))
    )
      return value;
    if ((typeof value !== 'object' || Array.isArray(value)) && describesAuth(key, value)) return value;
    if (facts.rule === undefined && isMessage(value)) return value;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH && isPlain(value))
      return sessionValues(value as Record<string, unknown>, rule, { keys, work }, log, depth + 1, left);
    return log.remove(FILTERED, rule, value);
  }
}
