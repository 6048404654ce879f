import type { FieldContext } from '../fields/field-context.js';
import { cutMarker } from '../limits/limits.js';
import type { KeyFacts } from '../names/key-facts.js';
import { FILTERED } from '../markers/marker.js';
import { scrubCommandWords } from '../texts/assignments/command-line-words.js';
import { scrubOptionValue } from '../texts/assignments/command-options.js';
import { pemLines } from '../texts/secrets/pem-lines.js';
import { namedArguments } from '../texts/statements/named-arguments.js';
import { harmlessArguments } from '../texts/statements/redis-arguments.js';
import { applyApplicationRules } from './application-rules.js';
import { DASHED, EXPLAINED, NAMING, RULED, signsOf } from './list-signs.js';
import { judgedByStatement } from './sibling-values.js';
import { isNeverRemoved, isPairList } from './value-shapes.js';
import { MIN_VALUE_BYTES } from './walk-budget.js';
import type { WalkContext } from './walk-context.js';
import { keptValue, walkNamedValue } from './walk-entries.js';

const OPTION = /^--?[A-Za-z]/;
const NO_COUNT = { counts: false };

/** Scrubs the elements of a list; returns the list itself if nothing changed. */
export function walkList(
  walk: WalkContext,
  list: readonly unknown[],
  field: FieldContext,
  facts: KeyFacts | undefined,
): unknown {
  const { log, strings, budget } = walk;
  const { path, depth } = log;
  const max = budget.maxEntries(field);
  const texts = typeof list[0] === 'string' || typeof list[1] === 'string';
  let count = list.length > max ? max - 1 : list.length;
  if (texts && !walk.cutOnly) count = budget.readableTexts(list, count);
  const { rest } = field;
  const { keys, work } = walk.rules;
  const checks = field.checksNames && !walk.cutOnly;
  const pairs = field.checksNames && isPairList(list, count);
  const signs = texts && !walk.cutOnly ? signsOf(list, count) : 0;
  const words = facts?.words === true;
  const line = checks && !pairs && (words || ((signs & DASHED) !== 0 && holdsOptions(list, count)));
  const lines = signs & RULED ? pemLines(list, count) : undefined;
  const args = checks && (words || isRedisCommand(list[0]));
  const names = checks && !pairs && (args || (signs & NAMING) !== 0);
  const named = names ? (namedArguments(list, count, keys, args, work) ?? lines) : lines;
  const parameters = checks && !pairs && (signs & EXPLAINED) !== 0;
  const special = pairs || line || parameters || walk.hasApplicationRules || facts !== undefined || named !== undefined;
  const cleanWords = line ? scrubCommandWords(list, keys, work) : list;
  // what an element is depends on those before it, which have not all been read
  if (checks && work.isExhausted) return log.remove(cutMarker('size'), '!limit', undefined);
  let copy: unknown[] | undefined;
  budget.visit(count);
  budget.bytes += count * MIN_VALUE_BYTES;
  log.depth = depth + 1;
  for (let at = 0; at < count; at++) {
    if (work.isOverdrawn && !walk.cutOnly) {
      count = at;
      copy = copy?.slice(0, count);
      break;
    }
    const element = (copy ?? list)[at];
    path[depth] = at;
    const clean = special
      ? named?.has(at) && !isNeverRemoved(element, NO_COUNT)
        ? log.remove(FILTERED, '@password', element)
        : cleanWords[at] !== list[at]
          ? log.remove(cleanWords[at] as string, '@password', element)
          : elementValue(walk, parameters ? listedParameters(walk, list, at, element) : element, list, at, field, {
              pairs,
              line,
              facts,
            })
      : typeof element === 'string'
        ? strings.of(element, rest.kinds)
        : walk.value(element, rest);
    if (clean !== element) {
      copy ??= list.slice(0, count);
      copy[at] = clean;
    }
  }
  if (count < list.length) {
    copy ??= list.slice(0, count);
    path[depth] = count;
    copy.push(log.remove(cutMarker(`${list.length - count} more`), '!limit', undefined));
  }
  log.depth = depth;
  return copy ?? list;
}

/** Scrubs one element of a list whose elements say nothing about one another. */
export function walkElement(walk: WalkContext, element: unknown, at: number, field: FieldContext): unknown {
  const { log, budget } = walk;
  const { depth } = log;
  budget.visit(1);
  budget.bytes += MIN_VALUE_BYTES;
  log.path[depth] = at;
  log.depth = depth + 1;
  const clean = elementValue(walk, element, [], at, field, { pairs: false, line: false, facts: undefined });
  log.depth = depth;
  return clean;
}

/** A pair of name and value, a header value after its name, a command-line word, or what the application's rules check. */
function elementValue(
  walk: WalkContext,
  element: unknown,
  list: readonly unknown[],
  at: number,
  field: FieldContext,
  { pairs, line, facts }: { pairs: boolean; line: boolean; facts: KeyFacts | undefined },
): unknown {
  if (pairs) return pairValue(walk, element as [string, unknown], field, facts);
  const name = at % 2 === 1 && list.length % 2 === 0 && field.checksNames && facts?.headers ? list[at - 1] : undefined;
  if (typeof name === 'string') return walkNamedValue(walk, name, element, field, facts);
  if (at > 0 && line && typeof element === 'string') {
    const clean = wordValue(walk, element, list[at - 1]);
    if (clean !== element) return clean;
  }
  if (!walk.hasApplicationRules) return walk.value(element, field.rest, facts);
  const { done, value } = applyApplicationRules(walk.rules, walk.log, element);
  if (done === 'removed') return value;
  return done === 'keep' ? keptValue(walk, value) : walk.value(value, field.rest, facts);
}

/** Whether an element is an option, so that the list may be a command line, whatever it is called. */
function holdsOptions(list: readonly unknown[], count: number): boolean {
  for (let at = 0; at < count; at++) {
    const element = list[at];
    if (typeof element === 'string' && element.charCodeAt(0) === 45 && OPTION.test(element)) return true;
  }
  return false;
}

/** `['hset', 'user:7', 'password', 'x']` */
function isRedisCommand(first: unknown): boolean {
  return typeof first === 'string' && first.length < 12 && harmlessArguments(first) === 1;
}

/** `console.log(sql, parameters)`. */
function listedParameters(
  { rules, log }: WalkContext,
  list: readonly unknown[],
  at: number,
  element: unknown,
): unknown {
  const before = list[at - 1];
  return typeof before === 'string' && typeof element === 'object' && element !== null
    ? judgedByStatement(before, element, rules, log)
    : element;
}

/** A word of a command line: `['--password', 'x']`. */
function wordValue(walk: WalkContext, word: string, previous: unknown): string {
  const clean = typeof previous === 'string' ? scrubOptionValue(previous, word, walk.rules.keys) : word;
  return clean === word ? word : walk.log.remove(clean, '@password', word);
}

function pairValue(
  walk: WalkContext,
  pair: readonly [string, unknown],
  field: FieldContext,
  facts: KeyFacts | undefined,
): unknown {
  const [key, value] = pair;
  const { log } = walk;
  log.path[log.depth++] = 1;
  const clean = walkNamedValue(walk, key, value, field, facts);
  log.depth--;
  const name = walk.rules.keys.nameOf(key);
  return clean === value && name === key ? pair : [name, clean];
}
