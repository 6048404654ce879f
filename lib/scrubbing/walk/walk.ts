import type { FieldContext } from '../fields/field-context.js';
import { cutMarker } from '../limits/limits.js';
import { TOO_COSTLY, WorkMeter } from '../limits/work-meter.js';
import { UNREAD, marker } from '../markers/marker.js';
import type { KeyFacts } from '../names/key-facts.js';
import { STEPS_TO_PARSE, looksLikeDocument, parseDocument } from '../texts/encodings/json-document.js';
import { toJson } from '../texts/encodings/to-json.js';
import { isCard } from '../texts/personal-data/card-numbers.js';
import { NUMBERS } from '../texts/rule-kinds.js';
import type { CompiledRules } from './compiled-rules.js';
import { isPlain, jsonForm } from './json-form.js';
import type { Variables } from './named-values.js';
import { isPolluted, ownEntries } from './plain-copy.js';
import { RemovalLog } from './removal-log.js';
import { StringValues } from './string-values.js';
import { WalkBudget } from './walk-budget.js';
import { MIN_CARD_NUMBER, type WalkContext, type WalkOptions } from './walk-context.js';
import { walkEntries } from './walk-entries.js';
import { walkList } from './walk-lists.js';

const UNLIMITED = new WorkMeter(Infinity);

/**
 * One pass over one value. Copies on write: a value from which nothing was removed is returned as it is. Nearly every
 * value is clean, so the loops are optimized for that: they list no keys and create no closures or copies.
 */
export class Walk implements WalkContext {
  readonly log: RemovalLog;
  readonly strings: StringValues;
  readonly budget: WalkBudget;
  readonly variables: Variables;
  readonly cutOnly: boolean;
  hasApplicationRules: boolean;
  private readonly maxTextLength: number;
  private readonly ancestors: object[] = [];
  private level = 0;
  private readonly polluted = isPolluted();

  constructor(
    readonly rules: CompiledRules,
    { record, limits, strict = false, cutOnly = false, variables, textLevel = 0 }: WalkOptions,
  ) {
    this.maxTextLength = limits?.text ?? Infinity;
    this.variables = variables;
    this.cutOnly = cutOnly;
    const work = cutOnly ? UNLIMITED : rules.work;
    this.log = new RemovalLog(rules, record, work);
    this.budget = new WalkBudget(limits, strict, work);
    this.strings = new StringValues(rules, this.log, this.budget, this.maxTextLength, textLevel, cutOnly);
    this.hasApplicationRules = !cutOnly && (rules.paths !== undefined || rules.custom !== undefined);
  }

  value(value: unknown, field: FieldContext, facts?: KeyFacts): unknown {
    switch (typeof value) {
      case 'string':
        return this.stringValue(value, field, facts);
      case 'object':
        return value === null ? null : this.objectValue(value, field, facts);
      case 'number':
        return value < MIN_CARD_NUMBER ? value : this.numberValue(value, field);
      case 'bigint':
        return isLong(value)
          ? this.log.remove(cutMarker('digits'), '!limit', undefined)
          : this.strings.at(String(value), field, facts);
      case 'function':
        return 'toJSON' in value ? undefined : value;
      default:
        return value;
    }
  }

  private stringValue(text: string, field: FieldContext, facts: KeyFacts | undefined): string {
    const document = this.hasApplicationRules && field.checksNames ? this.documentValue(text, field, facts) : undefined;
    return document ?? this.strings.at(text, field, facts);
  }

  /** A body is sent as the string that it was; rules for paths such as `request.data.note` also apply inside it. */
  private documentValue(text: string, field: FieldContext, facts: KeyFacts | undefined): string | undefined {
    const { work } = this.rules;
    if (text.length > this.maxTextLength || !looksLikeDocument(text)) return undefined;
    work.spend(text.length * STEPS_TO_PARSE);
    if (work.isExhausted) return this.log.remove(UNREAD, '!limit', text);
    const parsed = parseDocument(text);
    if (typeof parsed !== 'object') return undefined;
    const clean = this.log.withoutRecording(() => this.value(parsed, field, facts));
    if (clean === parsed) return text;
    const sent = toJson(clean) ?? marker('fault');
    this.log.record(sent, undefined, text.length);
    return sent;
  }

  private numberValue(value: number, field: FieldContext): unknown {
    return field.kinds & NUMBERS && Number.isSafeInteger(value) && isCard(String(value))
      ? this.log.remove(marker('card'), '@creditcard', String(value))
      : value;
  }

  private objectValue(object: object, field: FieldContext, facts: KeyFacts | undefined): unknown {
    const { ancestors, level, log } = this;
    const { depth } = log;
    for (let at = 0; at < level; at++) {
      if (ancestors[at] === object) return log.remove('[Circular]', '!cycle', undefined);
    }
    if (depth >= this.budget.maxDepth) return log.remove(cutMarker('depth'), '!limit', undefined);
    if (this.budget.isExhausted) return log.remove(cutMarker('size'), '!limit', undefined);
    ancestors[level] = object;
    this.level = level + 1;
    const { redis } = this.strings;
    let clean: unknown;
    try {
      clean = !isPlain(object)
        ? this.serializedForm(object, field, facts)
        : Array.isArray(object)
          ? walkList(this, object as unknown[], field, facts)
          : this.polluted
            ? this.ownEntriesOf(object, object, field, facts)
            : walkEntries(this, object as Record<string, unknown>, field, facts);
    } catch (error) {
      if (error === TOO_COSTLY) throw error; // only in a document in a text, which is replaced as a whole
      this.rules.faults++; // a getter, a proxy or a toJSON threw: the value is not sent
      log.depth = depth;
      this.strings.redis = redis;
      clean = log.remove(marker('unreadable'), '!unreadable', undefined);
    }
    this.level = level;
    return clean;
  }

  /** What JSON.stringify would make of the object. */
  private serializedForm(object: object, field: FieldContext, facts: KeyFacts | undefined): unknown {
    const { path, depth } = this.log;
    this.budget.copies();
    const form = jsonForm(object, depth === 0 ? '' : String(path[depth - 1]));
    if (typeof form !== 'object' || form === null) return this.value(form, field, facts);
    if (!Array.isArray(form)) return this.ownEntriesOf(form, object, field, facts);
    this.budget.readsElements(form.length);
    return walkList(this, form, field, facts);
  }

  private ownEntriesOf(form: object, original: object, field: FieldContext, facts: KeyFacts | undefined): unknown {
    const { entries: own, count } = ownEntries(form, this.polluted, this.budget.readableEntries);
    this.budget.readsEntries(count);
    const clean = walkEntries(this, own, field, facts);
    return clean === own && form === original ? original : clean;
  }
}

/** Writing out more than a few hundred digits takes superlinear time. */
const LARGEST = 10n ** 300n;

function isLong(value: bigint): boolean {
  return value > LARGEST || value < -LARGEST;
}
