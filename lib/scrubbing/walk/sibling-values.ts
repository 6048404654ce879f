import { STEPS_PER_EXCEPTION, type WorkMeter } from '../limits/work-meter.js';
import { FILTERED, UNREAD } from '../markers/marker.js';
import { STEPS_TO_PARSE, parseDocument } from '../texts/encodings/json-document.js';
import type { CompiledRules } from './compiled-rules.js';
import { judgeOf, judgeOfText, type Entries, type Judge } from './sibling-judges.js';
import { holdsStatementValues } from '../names/sibling-names.js';
import { isPlain } from './json-form.js';
import { MAX_READ_ENTRIES, copyOf, define } from './plain-copy.js';
import type { RemovalLog } from './removal-log.js';
import { isNeverRemoved } from './value-shapes.js';

const MAX_ELEMENTS = 1000;
const NO_COUNT = { counts: false };
/** Steps to copy and to judge one element. */
const STEPS_TO_COPY = 10;
const STEPS_PER_ELEMENT = 400;

/**
 * Values that another member of their object explains: the parameters of a statement, by their columns; those of a
 * message, by its template; the rows of a table, by its header; the arguments of a Redis command.
 */
export function judgedBySiblings(
  key: string,
  value: unknown,
  object: Entries,
  { keys, work }: Pick<CompiledRules, 'keys' | 'work'>,
  log: RemovalLog,
): unknown {
  if (isAttribute(value) && holdsStatementValues(key)) {
    const clean = judgedBySiblings(key, value.value, object, { keys, work }, log);
    return clean === value.value ? value : { ...value, value: clean };
  }
  if (isNode(value)) {
    const clean = judgedBySiblings(key, value.values, object, { keys, work }, log);
    return clean === value.values ? value : { ...value, values: clean };
  }
  const list = typeof value === 'string' ? listIn(value, work) : value;
  if (typeof list !== 'object' || list === null || !isPlain(list)) return value;
  const judge = work.isExhausted ? undefined : judgeOf(key, object, keys, work, log);
  const clean = judge ? judged(list, judge, log, work) : list;
  // lists and objects are not sent then
  if (work.isExhausted) return typeof value === 'string' ? log.remove(UNREAD, '!limit', value) : value;
  if (clean === list) return value;
  return typeof value === 'string' ? JSON.stringify(clean) : clean;
}

/** `{ value, type }`: of a span of the SDK's second protocol, and of a log. */
function isAttribute(value: unknown): value is { value: unknown; type: string } {
  return typeof value === 'object' && value !== null && 'value' in value && typeof (value as Entries).type === 'string';
}

/** A list of values in the tree of a statement, as Kysely has them: `{ kind: 'ValuesNode', values: […] }`. */
function isNode(value: unknown): value is { kind: string; values: readonly unknown[] } {
  return isValueNode(value) && Array.isArray((value as Entries).values);
}

function isValueNode(value: unknown): value is { kind: string } {
  return typeof value === 'object' && value !== null && typeof (value as Entries).kind === 'string';
}

/** The parameters that follow a statement in a list; the value itself if the text is none. */
export function judgedByStatement(
  text: string,
  value: object,
  { keys, work }: CompiledRules,
  log: RemovalLog,
): unknown {
  const judge = isPlain(value) ? judgeOfText(text, keys, work) : undefined;
  const clean = judge ? judged(value, judge, log, work) : value;
  return work.isExhausted ? value : clean; // the list is not sent then
}

function judged(list: object, judge: Judge, log: RemovalLog, work: WorkMeter): unknown {
  return Array.isArray(list)
    ? elements(list as unknown[], judge, log, work, undefined)
    : members(list as Entries, judge, log, work);
}

function elements(
  list: readonly unknown[],
  judge: Judge,
  log: RemovalLog,
  work: WorkMeter,
  row: readonly unknown[] | undefined,
  depth = 0,
): unknown {
  let copy: unknown[] | undefined;
  log.depth++;
  const count = Math.min(list.length, MAX_ELEMENTS);
  for (let at = 0; at < count && !work.isExhausted; at++) {
    work.spend(STEPS_PER_ELEMENT);
    const value = list[at];
    log.path[log.depth - 1] = at;
    let clean: unknown = value;
    if (Array.isArray(value) && depth < 3)
      clean = elements(value as unknown[], judge, log, work, value as unknown[], depth + 1);
    else if (isNode(value) && depth < 3) {
      const values = elements(value.values, judge, log, work, value.values, depth + 1);
      if (values !== value.values) clean = { ...value, values };
    } else if (!isNeverRemoved(value, NO_COUNT) && judge(at, undefined, row))
      clean = log.remove(FILTERED, '@statement', value);
    if (clean === value) continue;
    if (copy === undefined) work.spend(list.length * STEPS_TO_COPY);
    (copy ??= [...list])[at] = clean;
  }
  log.depth--;
  return copy ?? list;
}

function members(object: Entries, judge: Judge, log: RemovalLog, work: WorkMeter): unknown {
  let copy: Record<string, unknown> | undefined;
  let count = 0;
  log.depth++;
  for (const name in object) {
    if (count++ === MAX_ELEMENTS || work.isExhausted) break;
    work.spend(STEPS_PER_ELEMENT);
    const value = object[name];
    log.path[log.depth - 1] = name;
    if (isNeverRemoved(value, NO_COUNT) || !judge(count - 1, name, undefined)) continue;
    copy ??= copyOf(object, name, MAX_READ_ENTRIES);
    define(copy, name, log.remove(FILTERED, '@statement', value));
  }
  log.depth--;
  if (copy !== undefined && count > MAX_ELEMENTS) work.spend(MAX_READ_ENTRIES * STEPS_PER_ELEMENT);
  return copy ?? object;
}

/** Prisma logs its parameters as a text: `'["kim","x"]'`. */
function listIn(text: string, work: WorkMeter): unknown {
  if (text.charCodeAt(0) !== 91 || text.length > 65_536) return undefined;
  work.spend(text.length * STEPS_TO_PARSE);
  if (work.isExhausted) return NOT_PARSED;
  const list = parseDocument(text);
  if (list === undefined) work.spend(STEPS_PER_EXCEPTION);
  return list;
}

const NOT_PARSED: readonly unknown[] = [];
