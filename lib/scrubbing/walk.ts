import type { KeyFacts } from './key-rules.js';
import { CUT, cutMarker, cutText, readable, type Limits } from './limits.js';
import { FILTERED, marker } from './marker.js';
import { isCard } from './card-numbers.js';
import { place, type Place } from './place.js';
import { copyOf, define } from './plain-copy.js';
import { plainForm } from './plain-form.js';
import { type Removal, remarksOf } from './removals.js';
import { scrubCookieText } from './cookie-text.js';
import { scrubRedisCommand } from './redis-command.js';
import { scrubOptionValue } from './command-options.js';
import { isDescribed, isEmpty, isNeverRemoved, isPairList, isSecretMember, isRedis } from './value-shapes.js';
import type { CompiledRules } from './rules.js';
import { ADDRESSES, COOKIES, NUMBERS, WHOLE_ADDRESS } from './text-kinds.js';
import { parseDocument } from './json-text.js';
import { toJson } from './to-json.js';

/** Bytes that one character of a text can take as JSON: a control character is written as six. */
const WORST_EXPANSION = 6;
const MOST_REMOVALS = 2000;
/** Without limits the walk still ends before the stack does. */
const MOST_LEVELS = 200;
/** A value takes at least this many bytes; what has more values than fit is cut. */
const BYTES_OF_A_VALUE = 8;

/** One pass over one value. Copies on write: what nothing was removed from is returned as it is. */
export class Walk {
  readonly removals: Removal[] = [];
  /** Characters of the texts that are sent, for the limit on bytes. */
  size = 0;
  private readonly path: string[] = [];
  private depth = 0;
  private values = 0;
  private readonly ancestors: object[] = [];
  private redis = false;
  private readonly mostValues: number;
  private hasSpecial: boolean;
  private record: boolean;
  private readonly limits: Limits | undefined;

  constructor(
    private readonly rules: CompiledRules,
    private readonly options: {
      record: boolean;
      /** Undefined: nothing is cut. */
      limits: Limits | undefined;
      /** Also cuts the lists of the protocol. */
      strict?: boolean;
      /** Names of the variables of a GraphQL request; `'all'`: it has none, the response data goes. */
      variables?: ReadonlySet<string> | 'all' | undefined;
      textLevel?: number;
    },
  ) {
    this.limits = options.limits;
    this.record = options.record;
    this.mostValues = this.limits ? this.limits.bytes / BYTES_OF_A_VALUE : Infinity;
    this.hasSpecial = rules.paths !== undefined || rules.custom !== undefined;
  }

  value(value: unknown, place: Place, facts?: KeyFacts): unknown {
    if (typeof value === 'string') return this.textAt(value, place, facts);
    if (typeof value === 'number') return this.numberAt(value, place);
    if (typeof value === 'object') return value === null ? null : this.objectAt(value, place, facts);
    if (typeof value === 'bigint') return this.textAt(String(value), place, facts);
    if (typeof value === 'function') return 'toJSON' in value ? undefined : value;
    return value;
  }

  /** Whole value removed by a rule. */
  private remove(replacement: string, rule: string, value: unknown): string {
    this.note(replacement, rule, typeof value === 'string' ? value.length : undefined);
    return replacement;
  }

  private note(sent: string, rule: string | undefined, length: number | undefined): void {
    this.rules.removed++;
    if (!this.record || this.removals.length >= MOST_REMOVALS) return;
    this.removals.push({ path: this.path.slice(0, this.depth), remarks: remarksOf(sent, rule), length });
  }

  private textAt(text: string, place: Place, facts: KeyFacts | undefined): string {
    const { rules } = this;
    const limit = this.limits?.text ?? Infinity;
    if (this.hasSpecial && place.keys && text.length <= limit) {
      const clean = this.documentAt(text, place, facts);
      if (clean !== undefined) return clean;
    }
    let kinds = place.kinds;
    if (facts?.versions) kinds &= ~ADDRESSES;
    if (text.length <= limit && !this.redis && !facts?.cookies && !(kinds & (COOKIES | WHOLE_ADDRESS))) {
      if (text.length < 3) return text;
      const signs = kinds === 0 ? 0 : rules.texts.signsFor(text, kinds);
      if (signs === 0) {
        this.size += rules.texts.wide ? text.length * WORST_EXPANSION : text.length + 3;
        return text;
      }
    }
    return this.dirtyText(text, limit, kinds, place, facts);
  }

  /** A body travels as the text that it was: rules for `request.data.note` hold inside it, too. */
  private documentAt(text: string, place: Place, facts: KeyFacts | undefined): string | undefined {
    const parsed = parseDocument(text);
    if (typeof parsed !== 'object') return undefined;
    const { record } = this;
    this.record = false; // what goes is noted at the text: nothing below it has a path in the event
    const clean = this.value(parsed, place, facts);
    this.record = record;
    if (clean === parsed) return text;
    const sent = toJson(clean) ?? marker('fault');
    this.note(sent, undefined, text.length);
    return sent;
  }

  private dirtyText(text: string, limit: number, kinds: number, place: Place, facts: KeyFacts | undefined): string {
    const { rules } = this;
    const read = readable(text, limit);
    let clean: string;
    try {
      clean = rules.texts.scrub(read, kinds, this.options.textLevel);
      if ((facts?.cookies && place.keys) || (kinds & COOKIES && read.includes('='))) {
        clean = scrubCookieText(read, rules.keys, (part) => rules.texts.scrub(part, kinds, 1));
      }
      if (this.redis) clean = scrubRedisCommand(clean);
    } catch {
      rules.faults++; // a rule failed: the text is not sent
      clean = marker('fault');
    }
    if (clean.length > limit || read.length < text.length) {
      clean = clean.length > limit ? cutText(clean, limit) : clean + CUT;
    }
    this.size += rules.texts.wide ? clean.length * WORST_EXPANSION : clean.length + 3;
    if (clean === text) return text;
    this.note(clean, undefined, text.length);
    return clean;
  }

  private numberAt(value: number, place: Place): unknown {
    if (value >= 1e13 && place.kinds & NUMBERS && Number.isSafeInteger(value) && isCard(String(value))) {
      return this.remove(marker('card'), '@creditcard', String(value));
    }
    return value;
  }

  private objectAt(object: object, place: Place, facts: KeyFacts | undefined): unknown {
    if (this.ancestors.includes(object)) return this.remove('[Circular]', '!cycle', undefined);
    if (this.depth >= (this.limits?.depth ?? MOST_LEVELS)) return this.remove(cutMarker('depth'), '!limit', undefined);
    if (this.values >= this.mostValues) return this.remove(cutMarker('size'), '!limit', undefined);
    this.ancestors.push(object);
    try {
      const plain = plainForm(object, this.path[this.depth - 1] ?? '');
      if (Array.isArray(plain)) return this.listAt(plain, object, place, facts);
      if (typeof plain !== 'object' || plain === null) {
        const clean = this.value(plain, place, facts);
        return clean;
      }
      return this.entriesAt(plain as Record<string, unknown>, object, place, facts);
    } catch {
      this.rules.faults++; // a getter, a proxy or a toJSON that throws: the value is not sent
      return this.remove(marker('unreadable'), '!unreadable', undefined);
    } finally {
      this.ancestors.pop();
    }
  }

  private entriesAt(
    object: Record<string, unknown>,
    given: object,
    place: Place,
    facts: KeyFacts | undefined,
  ): unknown {
    const keys = Object.keys(object);
    const most = this.mostOf(place);
    const count = keys.length > most ? most - 1 : keys.length;
    this.values += count;
    let copy: Record<string, unknown> | undefined = object === given ? undefined : {};
    const redis = this.redis;
    if (place.reading === 'span') this.redis = isRedis(object);
    const { children } = place;
    for (let at = 0; at < count; at++) {
      const key = keys[at] as string;
      const value = object[key];
      const child = children?.get(key);
      const own = child ? undefined : this.rules.keys.of(key);
      const name = own ? own.name : key;
      this.path[this.depth++] = name;
      const clean = this.entry(key, value, object, place, child, own, facts);
      this.depth--;
      this.size += own ? own.bytes + 8 : key.length + 8;
      if (clean === value && name === key) {
        if (copy) define(copy, key, clean);
      } else {
        copy ??= copyOf(object, keys, at);
        define(copy, name, clean);
      }
    }
    this.redis = redis;
    if (count < keys.length) {
      copy ??= copyOf(object, keys, count);
      define(copy, '…', this.cut('…', `${keys.length - count} keys`));
    }
    return copy ?? object;
  }

  private entry(
    key: string,
    given: unknown,
    object: Record<string, unknown>,
    place: Place,
    child: Place | undefined,
    own: KeyFacts | undefined,
    outer: KeyFacts | undefined,
  ): unknown {
    let value = given;
    if (this.hasSpecial) {
      const verdict = this.special(value);
      if (verdict.done) return verdict.value;
      value = verdict.value;
    }
    if (child) return this.value(value, child);
    if (!place.keys || !own) return this.value(value, place.rest, outer);
    const { reading } = place;
    const facts = reading === 'graphql-variables' ? EVERYTHING : own;
    let rule = ruleFor(facts, reading);
    if (reading === 'graphql-response' && this.isVariable(key)) rule = '@graphql';
    if (key === 'value' && rule === undefined) rule = this.ruleOfNamed(object, reading);
    if (typeof value === 'string') {
      const { vendor } = key === 'value' && outer ? outer : facts;
      if (vendor?.test(value)) rule = '@vendor-key';
      else if (facts.described?.test(value)) rule = undefined;
    }
    if (rule === undefined && key.length < 5 && isSecretMember(key, object)) rule = '@password';
    if (rule === undefined || isNeverRemoved(value, facts)) {
      return this.value(value, place.rest, key === 'value' && outer ? outer : facts);
    }
    if (
      typeof value === 'object' &&
      value !== null &&
      (reading === 'attributes' || reading === 'contexts' || reading === 'graphql-variables')
    ) {
      if (reading === 'attributes' && isDescribed(value, facts)) return this.value(value, place.rest, facts);
      return this.removeInside(value as Record<string, unknown>, rule, reading, facts);
    }
    return this.remove(FILTERED, rule, value);
  }

  /** An attribute keeps its form `{ value, type }`; contexts and variables stay objects with their keys. */
  private removeInside(value: Record<string, unknown>, rule: string, reading: string, facts: KeyFacts): unknown {
    if (Array.isArray(value)) return this.remove(FILTERED, rule, undefined);
    const copy: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) {
      const stays =
        reading === 'attributes' &&
        (key === 'type' || key === 'unit') &&
        typeof entry === 'string' &&
        entry.length < 24;
      this.path[this.depth++] = this.rules.keys.nameOf(key);
      define(
        copy,
        this.rules.keys.nameOf(key),
        stays || isNeverRemoved(entry, reading === 'attributes' ? facts : NOTHING)
          ? entry
          : this.remove(FILTERED, rule, entry),
      );
      this.depth--;
    }
    return copy;
  }

  private listAt(list: readonly unknown[], given: object, place: Place, facts: KeyFacts | undefined): unknown {
    const most = this.mostOf(place);
    const count = list.length > most ? most - 1 : list.length;
    this.values += count;
    this.size += count * 8;
    const pairs = place.keys && isPairList(list, count);
    const headers = !pairs && place.keys && facts?.headers === true && list.length % 2 === 0;
    const words = !pairs && place.keys && facts?.words === true;
    let copy: unknown[] | undefined = list === given ? undefined : [];
    for (let at = 0; at < count; at++) {
      const element = list[at];
      this.path[this.depth++] = String(at);
      const clean = pairs
        ? this.pairAt(element as [string, unknown], place)
        : headers && at % 2 === 1 && typeof list[at - 1] === 'string'
          ? this.named(list[at - 1] as string, element, place)
          : words && at > 0 && typeof element === 'string'
            ? this.wordAt(element, list[at - 1], place, facts)
            : this.elementAt(element, place, facts);
      this.depth--;
      if (clean !== element) copy ??= list.slice(0, at);
      copy?.push(clean);
    }
    if (count < list.length) {
      copy ??= list.slice(0, count);
      copy.push(this.cut(String(count), `${list.length - count} more`));
    }
    return copy ?? list;
  }

  /** A word of a command line: `['--password', 'x']`. */
  private wordAt(word: string, before: unknown, place: Place, facts: KeyFacts): unknown {
    const clean = typeof before === 'string' ? scrubOptionValue(before, word, this.rules.keys) : word;
    return clean === word ? this.elementAt(word, place, facts) : this.remove(clean, '@password', word);
  }

  /** How many entries of a container are sent: within its breadth, and within what is left for the item. */
  private mostOf(place: Place): number {
    if (!this.limits) return Infinity;
    const left = Math.max(1, this.mostValues - this.values);
    return place.unbounded && !this.options.strict ? left : Math.min(left, this.limits.breadth);
  }

  private elementAt(element: unknown, place: Place, facts: KeyFacts | undefined): unknown {
    if (!this.hasSpecial) return this.value(element, place.rest, facts);
    const verdict = this.special(element);
    return verdict.done ? verdict.value : this.value(verdict.value, place.rest, facts);
  }

  private pairAt(pair: readonly [string, unknown], place: Place): unknown {
    const [key, value] = pair;
    this.path[this.depth++] = '1';
    const clean = this.named(key, value, place);
    this.depth--;
    const name = this.rules.keys.nameOf(key);
    return clean === value && name === key ? pair : [name, clean];
  }

  private named(key: string, value: unknown, place: Place): unknown {
    return this.entry(key, value, NOBODY, place, place.children?.get(key), this.rules.keys.of(key), undefined);
  }

  private cut(key: string, what: string): string {
    this.path[this.depth++] = key;
    const mark = this.remove(cutMarker(what), '!limit', undefined);
    this.depth--;
    return mark;
  }

  /** Per-path and custom rules; what is not done goes on to the built-in ones. */
  private special(value: unknown): { done: boolean; value: unknown } {
    const { paths, custom } = this.rules;
    const action = paths?.actionAt(this.path, this.depth);
    if (action === 'keep') return { done: true, value: this.kept(value) };
    if (action === 'remove')
      return { done: true, value: isEmpty(value) ? value : this.remove(marker('path'), '@path', value) };
    if (!custom || isEmpty(value)) return { done: false, value };
    try {
      const answer = custom(value, this.path.slice(0, this.depth).join('.'));
      if (answer === undefined) return { done: true, value: this.remove(marker('custom'), '@custom', value) };
      if (answer !== value) this.note('', '@custom', typeof value === 'string' ? value.length : undefined);
      return { done: false, value: answer };
    } catch {
      this.rules.faults++; // the application's rule failed: the value is not sent
      return { done: true, value: this.remove(marker('custom'), '@custom', value) };
    }
  }

  /** Kept by a path rule: no rule on names or texts holds, the limits and the guarantees do. */
  private kept(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return this.value(value, KEPT);
    const special = this.hasSpecial;
    this.hasSpecial = false;
    const clean = this.value(value, KEPT);
    this.hasSpecial = special;
    return clean;
  }

  private isVariable(key: string): boolean {
    const { variables } = this.options;
    return variables === 'all' ? key === 'data' : (variables?.has(key) ?? false);
  }

  /** `{ name: 'Authorization', value: '…' }`, as HAR files and cookie jars write it. */
  private ruleOfNamed(object: Record<string, unknown>, reading: string | undefined): string | undefined {
    const name = object.name ?? object.key ?? object.field ?? object.header;
    if (typeof name !== 'string' || name.length > 100) return undefined;
    return ruleFor(this.rules.keys.of(name), reading);
  }
}

function ruleFor(facts: KeyFacts, reading: string | undefined): string | undefined {
  if (reading === 'cookies') return facts.cookieRule;
  return reading === 'tags' ? facts.tagRule : facts.rule;
}

const NOBODY: Record<string, unknown> = {};
const NOTHING = { counts: false };
const KEPT = place({ kinds: 0, keys: false });
const EVERYTHING: KeyFacts = {
  name: '',
  bytes: 0,
  rule: '@graphql',
  cookieRule: '@graphql',
  tagRule: '@graphql',
  counts: false,
  cookies: false,
  versions: false,
  headers: false,
  words: false,
  vendor: undefined,
  described: undefined,
};
