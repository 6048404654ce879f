import { CLEAN_WIDE, type CleanTexts, UNKNOWN } from '../cache/clean-texts.js';
import { scrubCookieText } from '../texts/assignments/cookies.js';
import type { EntryPlan } from './entry-plans.js';
import type { KeyFacts } from '../names/key-facts.js';
import { looksLikeDocument } from '../texts/encodings/json-document.js';
import { CUT, cutText, readable } from '../limits/limits.js';
import { TOO_COSTLY } from '../limits/work-meter.js';
import { UNREAD, marker } from '../markers/marker.js';
import type { FieldContext } from '../fields/field-context.js';
import { scrubRedisCommand } from '../texts/assignments/redis-commands.js';
import type { CompiledRules } from './compiled-rules.js';
import { ADDRESSES, COOKIES, DOCUMENTS } from '../texts/rule-kinds.js';
import { featuresOf } from '../texts/scan-text.js';
import { isWide } from '../texts/text-features.js';
import type { RemovalLog } from './removal-log.js';
import type { WalkBudget } from './walk-budget.js';

/** Most bytes that one character can take as JSON: a control character is written as six. */
const WORST_EXPANSION = 6;
/** V8 copies the characters of substrings up to this length; longer ones keep the whole string alive. */
const MAX_LAST_LENGTH = 12;
/** No rule matches shorter strings. */
const MIN_LENGTH = 3;
const MAX_MISSES = 32;
const LOOKUP_INTERVAL = 8;
/** Longer texts rarely repeat, and a lookup reads them whole. */
const MAX_CACHED_LENGTH = 2000;
/** Steps to scan one character: a delimiter takes ten times as long as a letter. */
const SCAN = 20;
/** Steps to cut a text, for each character of all of it: V8 first puts together a text that was made of parts. */
const STEPS_TO_CUT = 1;
/** Shorter texts are read even if nothing is left: they cost little, and ids, levels and times are among them. */
const ALWAYS_READ = 64;

/** Scrubs and cuts the strings of one item, and counts them for the limit on bytes. */
export class StringValues {
  /** The walk is inside a span of a Redis client, whose strings are commands. */
  redis = false;
  private readonly clean: CleanTexts;
  /** The last text that was read: a line of the log is a message, and the first argument beside it. */
  private lastText = '';
  private lastKinds = 0;
  private lastScrubbed = '';
  private lastIsWide = false;
  private lastRemoved = 0;

  constructor(
    private readonly rules: CompiledRules,
    private readonly log: RemovalLog,
    private readonly budget: WalkBudget,
    private readonly limit: number,
    private readonly level: number,
    private readonly cutOnly: boolean,
  ) {
    this.clean = rules.texts.clean;
  }

  at(text: string, field: FieldContext, facts: KeyFacts | undefined): string {
    const kinds = facts?.versions ? field.kinds & ~ADDRESSES : field.kinds;
    return facts?.cookies && field.checksNames ? this.changed(text, this.cookies(text, kinds)) : this.of(text, kinds);
  }

  /** The string of an entry whose name is harmless. */
  ofEntry(text: string, plan: EntryPlan): string {
    if (text !== plan.lastClean || this.redis) return this.of(text, plan.kinds, plan);
    this.budget.bytes += text.length + 3;
    return text;
  }

  /** A string to which rules of these kinds apply. */
  of(text: string, kinds: number, plan?: EntryPlan): string {
    const { length } = text;
    if (length < MIN_LENGTH) return text;
    if (this.cutOnly)
      return length > this.limit ? this.changed(text, cutText(text, this.limit), false) : this.counted(text);
    const { texts, work } = this.rules;
    if (length > ALWAYS_READ && work.isExhausted && kinds !== 0) return this.changed(text, UNREAD);
    if (length > this.limit || this.redis) return this.changed(text, this.scrubbed(text, kinds));
    if (text === this.lastText && kinds === this.lastKinds) return this.again(text);
    const cached = this.level === 0 && length <= MAX_CACHED_LENGTH && (plan === undefined || shouldLookUp(plan));
    const known = cached ? this.clean.find(text, kinds) : UNKNOWN;
    if (known !== UNKNOWN) {
      if (plan) plan.misses = 0;
      this.budget.bytes += known === CLEAN_WIDE ? length * WORST_EXPANSION : length + 3;
      return text;
    }
    if (kinds & DOCUMENTS && looksLikeDocument(text)) return this.changed(text, this.scrubbed(text, kinds));
    if (length > ALWAYS_READ && kinds !== 0 && length * SCAN > work.left) return this.changed(text, UNREAD);
    work.spend(length * SCAN);
    const features = featuresOf(text);
    const wide = isWide(features);
    if (texts.isHarmless(features, kinds)) {
      if (plan && length <= MAX_LAST_LENGTH && !wide) plan.lastClean = text;
      this.budget.bytes += wide ? length * WORST_EXPANSION : length + 3;
      if (cached) texts.rememberFound(text, kinds, features);
      this.keep(text, kinds, text, wide, 0);
      return text;
    }
    const { removed } = this.rules;
    const scrubbed = this.scrubbed(text, kinds, features);
    if (cached && scrubbed === text) texts.remember(text, kinds, features);
    if (scrubbed !== UNREAD) this.keep(text, kinds, scrubbed, wide, this.rules.removed - removed);
    return this.changed(text, scrubbed, wide);
  }

  private keep(text: string, kinds: number, scrubbed: string, wide: boolean, removed: number): void {
    this.lastText = text;
    this.lastKinds = kinds;
    this.lastScrubbed = scrubbed;
    this.lastIsWide = wide;
    this.lastRemoved = removed;
  }

  /** The same text as the last one. */
  private again(text: string): string {
    this.rules.removed += this.lastRemoved;
    return this.changed(text, this.lastScrubbed, this.lastIsWide);
  }

  private counted(text: string): string {
    this.budget.bytes += text.length + 3;
    return text;
  }

  private changed(text: string, clean: string, wide = true): string {
    this.budget.bytes += wide ? clean.length * WORST_EXPANSION : clean.length + 3;
    if (clean !== text) this.log.record(clean, undefined, text.length);
    return clean;
  }

  private scrubbed(text: string, kinds: number, features?: number): string {
    if (kinds & COOKIES && text.includes('=')) return this.cookies(text, kinds);
    return this.guarded(text, kinds, features, false);
  }

  private cookies(text: string, kinds: number): string {
    return this.guarded(text, kinds, undefined, true);
  }

  private cookieText(text: string, kinds: number): string {
    const { texts, keys } = this.rules;
    return scrubCookieText(text, keys, (part) => texts.scrub(part, kinds, 1));
  }

  private guarded(text: string, kinds: number, features: number | undefined, cookies: boolean): string {
    const { limit } = this;
    const { work, texts } = this.rules;
    let read = text;
    let clean: string;
    if (this.level === 0) work.beginText();
    try {
      if (text.length > limit) {
        work.charge(text.length * STEPS_TO_CUT);
        read = readable(text, limit);
      }
      clean = cookies
        ? this.cookieText(read, kinds)
        : texts.scrub(read, kinds, this.level, read === text ? features : undefined);
      if (this.redis) clean = scrubRedisCommand(clean);
    } catch (error) {
      if (error === TOO_COSTLY) {
        if (this.level > 0) throw error; // the text around this one has the budget
        return UNREAD;
      }
      this.rules.faults++; // a rule threw: the string is not sent
      clean = marker('fault');
    } finally {
      if (this.level === 0) work.endText();
    }
    if (clean.length > limit) return cutText(clean, limit);
    return read.length < text.length ? clean + CUT : clean;
  }
}

/** Whether to look in the cache: after many misses in a row, only one string in a few is looked up. */
function shouldLookUp(plan: EntryPlan): boolean {
  if (plan.misses === MAX_MISSES + LOOKUP_INTERVAL) plan.misses = MAX_MISSES;
  return plan.misses++ <= MAX_MISSES;
}
