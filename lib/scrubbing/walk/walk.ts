import { isCard } from '../texts/personal-data/card-numbers.js';
import { scrubOptionValue } from '../texts/assignments/command-options.js';
import type { EntryPlan } from './entry-plans.js';
import { ItemTexts } from './string-values.js';
import type { KeyFacts } from '../names/key-rules.js';
import { parseDocument } from '../texts/encodings/json-document.js';
import { cutMarker, type Limits } from '../limits/limits.js';
import { marker } from '../markers/marker.js';
import { removeNamed, ruleOfEntry, type Variables } from './named-values.js';
import { fieldContext, type FieldContext } from '../fields/field-context.js';
import { copyOf, define, isPolluted, ownEntries, renamedCopy } from './plain-copy.js';
import { isPlain, plainForm } from './json-form.js';
import type { CompiledRules } from './compiled-rules.js';
import { applySpecial } from './application-rules.js';
import { NUMBERS } from '../texts/rule-kinds.js';
import { toJson } from '../texts/encodings/to-json.js';
import { Trail } from './removal-log.js';
import { isPairList, isRedis } from './value-shapes.js';

/** Without limits the walk still ends before the stack does. */
const MOST_LEVELS = 200;
/** A value takes at least this many bytes; what has more values than fit is cut. */
const BYTES_OF_A_VALUE = 8;
/** No card number is smaller. */
const SMALLEST_CARD = 1e13;

export interface WalkOptions {
  record: boolean;
  /** Undefined: nothing is cut. */
  limits: Limits | undefined;
  /** Also cuts the lists of the protocol. */
  strict?: boolean;
  variables?: Variables;
  /** How many texts the value stands in. */
  textLevel?: number;
}

/**
 * One pass over one value. Copies on write: what nothing was removed from is returned as it is. Nearly every value is
 * clean, so that is what the loops are made for: no list of keys, no closure and no copy is made on that way.
 */
export class Walk {
  readonly trail: Trail;
  private readonly texts: ItemTexts;
  private bytes = 0;
  private values = 0;
  private readonly mostValues: number;
  private readonly mostLevels: number;
  private readonly ancestors: object[] = [];
  private level = 0;
  private hasSpecial: boolean;
  private readonly polluted = isPolluted();

  constructor(
    private readonly rules: CompiledRules,
    private readonly options: WalkOptions,
  ) {
    const { limits } = options;
    this.trail = new Trail(rules, options.record);
    this.texts = new ItemTexts(rules, this.trail, limits?.text ?? Infinity, options.textLevel ?? 0);
    this.mostValues = limits ? limits.bytes / BYTES_OF_A_VALUE : Infinity;
    this.mostLevels = limits?.depth ?? MOST_LEVELS;
    this.hasSpecial = rules.paths !== undefined || rules.custom !== undefined;
  }

  /** Bytes that the value takes at most as JSON. */
  get size(): number {
    return this.bytes + this.texts.bytes;
  }

  value(value: unknown, place: FieldContext, facts?: KeyFacts): unknown {
    switch (typeof value) {
      case 'string':
        return this.textAt(value, place, facts);
      case 'object':
        return value === null ? null : this.objectAt(value, place, facts);
      case 'number':
        return value < SMALLEST_CARD ? value : this.numberAt(value, place);
      case 'bigint':
        return this.texts.at(String(value), place, facts);
      case 'function':
        return 'toJSON' in value ? undefined : value;
      default:
        return value;
    }
  }

  private textAt(text: string, place: FieldContext, facts: KeyFacts | undefined): string {
    const document = this.hasSpecial && place.keys ? this.documentAt(text, place, facts) : undefined;
    return document ?? this.texts.at(text, place, facts);
  }

  /** A body travels as the text that it was: rules for `request.data.note` hold inside it, too. */
  private documentAt(text: string, place: FieldContext, facts: KeyFacts | undefined): string | undefined {
    const parsed = text.length <= (this.options.limits?.text ?? Infinity) ? parseDocument(text) : undefined;
    if (typeof parsed !== 'object') return undefined;
    const clean = this.trail.withoutNotes(() => this.value(parsed, place, facts));
    if (clean === parsed) return text;
    const sent = toJson(clean) ?? marker('fault');
    this.trail.note(sent, undefined, text.length);
    return sent;
  }

  private numberAt(value: number, place: FieldContext): unknown {
    return place.kinds & NUMBERS && Number.isSafeInteger(value) && isCard(String(value))
      ? this.trail.remove(marker('card'), '@creditcard', String(value))
      : value;
  }

  private objectAt(object: object, place: FieldContext, facts: KeyFacts | undefined): unknown {
    const { ancestors, level, trail } = this;
    const { depth } = trail;
    for (let at = 0; at < level; at++) {
      if (ancestors[at] === object) return trail.remove('[Circular]', '!cycle', undefined);
    }
    if (depth >= this.mostLevels) return trail.remove(cutMarker('depth'), '!limit', undefined);
    if (this.values >= this.mostValues) return trail.remove(cutMarker('size'), '!limit', undefined);
    ancestors[level] = object;
    this.level = level + 1;
    const { redis } = this.texts;
    let clean: unknown;
    try {
      clean = !isPlain(object)
        ? this.formAt(object, place, facts)
        : Array.isArray(object)
          ? this.listAt(object as unknown[], place, facts)
          : this.polluted
            ? this.ownAt(object, object, place, facts)
            : this.entriesAt(object as Record<string, unknown>, place, facts);
    } catch {
      this.rules.faults++; // a getter, a proxy or a toJSON that throws: the value is not sent
      trail.depth = depth;
      this.texts.redis = redis;
      clean = trail.remove(marker('unreadable'), '!unreadable', undefined);
    }
    this.level = level;
    return clean;
  }

  /** What JSON.stringify would make of the object. */
  private formAt(object: object, place: FieldContext, facts: KeyFacts | undefined): unknown {
    const { path, depth } = this.trail;
    const form = plainForm(object, depth === 0 ? '' : String(path[depth - 1]));
    if (typeof form !== 'object' || form === null) return this.value(form, place, facts);
    return Array.isArray(form) ? this.listAt(form.slice(), place, facts) : this.ownAt(form, object, place, facts);
  }

  private ownAt(form: object, given: object, place: FieldContext, facts: KeyFacts | undefined): unknown {
    const own = ownEntries(form, this.polluted);
    const clean = this.entriesAt(own, place, facts);
    return clean === own && form === given ? given : clean;
  }

  private entriesAt(object: Record<string, unknown>, place: FieldContext, outer: KeyFacts | undefined): unknown {
    const { trail, texts, hasSpecial } = this;
    const { path, depth } = trail;
    const { redis } = texts;
    const plans = this.rules.plans.at(place);
    const most = this.mostOf(place);
    let plan = plans.start;
    let copy: Record<string, unknown> | undefined;
    let renamed = false;
    let count = 0;
    let bytes = 0;
    let rest = 0;
    if (place.reading === 'span') texts.redis = isRedis(object);
    trail.depth = depth + 1;
    for (const key in object) {
      if (count === most - 1) {
        rest = Object.keys(object).length - count;
        if (rest > 1) break;
        rest = 0;
      }
      count++;
      plan = plan.next.key === key ? plan.next : plans.after(plan, key);
      bytes += plan.bytes;
      path[depth] = plan.name;
      if (plan.renames) renamed = true;
      const value = copy === undefined ? object[key] : copy[key];
      let clean: unknown;
      if (!plan.plain || hasSpecial) clean = this.judged(plan, value, copy ?? object, place, outer);
      else if (typeof value === 'string') clean = texts.ofEntry(value, plan);
      else if (typeof value === 'number' && value < SMALLEST_CARD) continue;
      else clean = this.value(value, plan.place, plan.facts);
      if (clean !== value) {
        copy ??= copyOf(object, key);
        define(copy, key, clean);
      }
    }
    this.values += count;
    this.bytes += bytes;
    if (renamed || rest > 0) copy = renamedCopy(copy ?? copyOf(object, ''), count, plans);
    if (rest > 0) {
      path[depth] = '…';
      define(copy as Record<string, unknown>, '…', trail.remove(cutMarker(`${rest} keys`), '!limit', undefined));
    }
    trail.depth = depth;
    texts.redis = redis;
    return copy ?? object;
  }

  /** An entry whose name decides, or that rules of the application look at. */
  private judged(
    plan: EntryPlan,
    given: unknown,
    object: Record<string, unknown>,
    place: FieldContext,
    outer: KeyFacts | undefined,
  ): unknown {
    let value = given;
    if (this.hasSpecial) {
      const verdict = applySpecial(this.rules, this.trail, value);
      if (verdict.done === 'removed') return verdict.value;
      if (verdict.done === 'keep') return this.kept(value);
      value = verdict.value;
    }
    if (plan.plain) return this.value(value, plan.place, plan.facts);
    const { keys } = this.rules;
    const { reading } = place;
    const rule = ruleOfEntry(plan, value, object, reading, keys, this.options.variables, outer);
    return rule === undefined
      ? this.value(value, plan.place, plan.key === 'value' && outer ? outer : plan.facts)
      : removeNamed(value, rule, plan.own, reading, keys, this.trail);
  }

  private listAt(list: readonly unknown[], place: FieldContext, facts: KeyFacts | undefined): unknown {
    const { trail, texts } = this;
    const { path, depth } = trail;
    const most = this.mostOf(place);
    const count = list.length > most ? most - 1 : list.length;
    const { rest } = place;
    const pairs = place.keys && isPairList(list, count);
    const special = pairs || this.hasSpecial || facts !== undefined;
    let copy: unknown[] | undefined;
    this.values += count;
    this.bytes += count * BYTES_OF_A_VALUE;
    trail.depth = depth + 1;
    for (let at = 0; at < count; at++) {
      const element = (copy ?? list)[at];
      path[depth] = at;
      const clean = special
        ? this.elementAt(element, list, at, pairs, place, facts)
        : typeof element === 'string'
          ? texts.of(element, rest.kinds)
          : this.value(element, rest);
      if (clean !== element) {
        copy ??= list.slice(0, count);
        copy[at] = clean;
      }
    }
    if (count < list.length) {
      copy ??= list.slice(0, count);
      path[depth] = count;
      copy.push(trail.remove(cutMarker(`${list.length - count} more`), '!limit', undefined));
    }
    trail.depth = depth;
    return copy ?? list;
  }

  /** An element that is a pair of name and value, or one of headers in turn, or that rules of the application look at. */
  private elementAt(
    element: unknown,
    list: readonly unknown[],
    at: number,
    pairs: boolean,
    place: FieldContext,
    facts: KeyFacts | undefined,
  ): unknown {
    if (pairs) return this.pairAt(element as [string, unknown], place);
    const name = at % 2 === 1 && list.length % 2 === 0 && place.keys && facts?.headers ? list[at - 1] : undefined;
    if (typeof name === 'string') return this.named(name, element, place);
    if (at > 0 && place.keys && facts?.words && typeof element === 'string') {
      const clean = this.wordAt(element, list[at - 1]);
      if (clean !== element) return clean;
    }
    if (!this.hasSpecial) return this.value(element, place.rest, facts);
    const { done, value } = applySpecial(this.rules, this.trail, element);
    return done === 'removed' ? value : done === 'keep' ? this.kept(value) : this.value(value, place.rest, facts);
  }

  /** A word of a command line: `['--password', 'x']`. */
  private wordAt(word: string, before: unknown): string {
    const clean = typeof before === 'string' ? scrubOptionValue(before, word, this.rules.keys) : word;
    return clean === word ? word : this.trail.remove(clean, '@password', word);
  }

  private pairAt(pair: readonly [string, unknown], place: FieldContext): unknown {
    const [key, value] = pair;
    const { trail } = this;
    trail.path[trail.depth++] = 1;
    const clean = this.named(key, value, place);
    trail.depth--;
    const name = this.rules.keys.nameOf(key);
    return clean === value && name === key ? pair : [name, clean];
  }

  private named(key: string, value: unknown, place: FieldContext): unknown {
    return this.judged(this.rules.plans.at(place).of(key), value, NOBODY, place, undefined);
  }

  /** How many entries of a container are sent: within its breadth, and within what is left for the item. */
  private mostOf(place: FieldContext): number {
    const { limits, strict } = this.options;
    if (!limits) return Infinity;
    const left = Math.max(1, this.mostValues - this.values);
    return place.unbounded && !strict ? Math.floor(left) : Math.min(Math.floor(left), limits.breadth);
  }

  /** Kept by a path rule: no rule on names or texts holds, the limits and the guarantees do. */
  private kept(value: unknown): unknown {
    const special = this.hasSpecial;
    this.hasSpecial = false;
    const clean = this.value(value, KEPT);
    this.hasSpecial = special;
    return clean;
  }
}

const NOBODY: Record<string, unknown> = {};
const KEPT = fieldContext({ kinds: 0, keys: false });
