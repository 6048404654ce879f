import type { CompiledRules } from './compiled-rules.js';
import { FILTERED } from '../markers/marker.js';
import { judgeOf, type Entries, type Judge } from './companion-judges.js';
import { isPlain } from './json-form.js';
import { define } from './plain-copy.js';
import type { RemovalLog } from './removal-log.js';
import { isNeverRemoved } from './value-shapes.js';

const MAX_ELEMENTS = 1000;
const NO_COUNT = { counts: false };

/**
 * Values that another member of their object explains: the parameters of a statement, by their columns; those of a
 * message, by its template; the rows of a table, by its header; the arguments of a Redis command.
 */
export function companionValue(
  key: string,
  value: unknown,
  object: Entries,
  { keys, work }: CompiledRules,
  log: RemovalLog,
): unknown {
  const list = typeof value === 'string' ? listIn(value) : value;
  if (typeof list !== 'object' || list === null || !isPlain(list)) return value;
  const judge = judgeOf(key, object, keys, work, log);
  if (!judge) return value;
  const clean = Array.isArray(list)
    ? elements(list as unknown[], judge, log, undefined)
    : members(list as Entries, judge, log);
  if (clean === list) return value;
  return typeof value === 'string' ? JSON.stringify(clean) : clean;
}

function elements(
  list: readonly unknown[],
  judge: Judge,
  log: RemovalLog,
  row: readonly unknown[] | undefined,
  depth = 0,
): unknown {
  let copy: unknown[] | undefined;
  log.depth++;
  for (let at = 0; at < list.length && at < MAX_ELEMENTS; at++) {
    const value = list[at];
    log.path[log.depth - 1] = at;
    let clean: unknown = value;
    if (Array.isArray(value) && depth < 3)
      clean = elements(value as unknown[], judge, log, value as unknown[], depth + 1);
    else if (!isNeverRemoved(value, NO_COUNT) && judge(at, undefined, row))
      clean = log.remove(FILTERED, '@statement', value);
    if (clean !== value) (copy ??= [...list])[at] = clean;
  }
  log.depth--;
  return copy ?? list;
}

function members(object: Entries, judge: Judge, log: RemovalLog): unknown {
  let copy: Record<string, unknown> | undefined;
  let count = 0;
  log.depth++;
  for (const name in object) {
    if (count++ === MAX_ELEMENTS) break;
    const value = object[name];
    log.path[log.depth - 1] = name;
    if (isNeverRemoved(value, NO_COUNT) || !judge(count - 1, name, undefined)) continue;
    copy ??= { ...object };
    define(copy, name, log.remove(FILTERED, '@statement', value));
  }
  log.depth--;
  return copy ?? object;
}

/** Prisma logs its parameters as a text: `'["kim","x"]'`. */
function listIn(text: string): unknown {
  if (text.charCodeAt(0) !== 91 || text.length > 65_536) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
