import { CLEAN_WIDE, type CleanTexts, UNKNOWN } from '../cache/clean-texts.js';
import { scrubCookieText } from '../texts/assignments/cookies.js';
import type { EntryPlan } from './entry-plans.js';
import type { KeyFacts } from '../names/key-rules.js';
import { looksLikeDocument } from '../texts/encodings/json-document.js';
import { CUT, cutText, readable } from '../limits/limits.js';
import { marker } from '../markers/marker.js';
import type { FieldContext } from '../fields/field-context.js';
import { scrubRedisCommand } from '../texts/assignments/redis-commands.js';
import type { CompiledRules } from './compiled-rules.js';
import { ADDRESSES, COOKIES, DOCUMENTS } from '../texts/rule-kinds.js';
import { isWide, signsOf } from '../texts/text-features.js';
import type { Trail } from './removal-log.js';

/** Bytes that one character of a text can take as JSON: a control character is written as six. */
const WORST_EXPANSION = 6;
/** V8 copies the characters of texts up to this length: they keep no longer text alive. */
const LONGEST_LAST = 12;
/** Shorter texts hold nothing that a rule could find. */
const SHORTEST = 3;
const MOST_FRESH = 32;
const LOOK_AGAIN = 8;

/** The texts of one item: scrubbed, cut, and counted for the limit on bytes. */
export class ItemTexts {
  /** Bytes that the texts take at most. */
  bytes = 0;
  /** The walk is in a span of a Redis client, whose texts are commands. */
  redis = false;
  private readonly clean: CleanTexts;

  constructor(
    private readonly rules: CompiledRules,
    private readonly trail: Trail,
    private readonly limit: number,
    private readonly level: number,
  ) {
    this.clean = rules.texts.clean;
  }

  at(text: string, place: FieldContext, facts: KeyFacts | undefined): string {
    const kinds = facts?.versions ? place.kinds & ~ADDRESSES : place.kinds;
    return facts?.cookies && place.keys ? this.changed(text, this.cookies(text, kinds)) : this.of(text, kinds);
  }

  /** The text of an entry whose name decides nothing. */
  ofEntry(text: string, plan: EntryPlan): string {
    if (text !== plan.last || this.redis) return this.of(text, plan.kinds, plan);
    this.bytes += text.length + 3;
    return text;
  }

  /** A text for which rules of these kinds hold. */
  of(text: string, kinds: number, plan?: EntryPlan): string {
    const { length } = text;
    if (length < SHORTEST) return text;
    if (length > this.limit || this.redis) return this.changed(text, this.scrubbed(text, kinds));
    const looks = this.level === 0 && (plan === undefined || isWorthALook(plan));
    const known = looks ? this.clean.find(text, kinds) : UNKNOWN;
    if (known !== UNKNOWN) {
      if (plan) plan.fresh = 0;
      this.bytes += known === CLEAN_WIDE ? length * WORST_EXPANSION : length + 3;
      return text;
    }
    if (kinds & DOCUMENTS && looksLikeDocument(text)) return this.changed(text, this.scrubbed(text, kinds));
    const signs = signsOf(text);
    const { texts } = this.rules;
    if (texts.isHarmless(signs, kinds)) {
      if (plan && length <= LONGEST_LAST && !isWide(signs)) plan.last = text;
      this.bytes += isWide(signs) ? length * WORST_EXPANSION : length + 3;
      if (looks) texts.remember(text, kinds, signs);
      return text;
    }
    const clean = this.changed(text, this.scrubbed(text, kinds, signs), isWide(signs));
    if (looks && clean === text) texts.remember(text, kinds, signs);
    return clean;
  }

  private changed(text: string, clean: string, wide = true): string {
    this.bytes += wide ? clean.length * WORST_EXPANSION : clean.length + 3;
    if (clean !== text) this.trail.note(clean, undefined, text.length);
    return clean;
  }

  private scrubbed(text: string, kinds: number, signs?: number): string {
    if (kinds & COOKIES && text.includes('=')) return this.cookies(text, kinds);
    return this.guarded(text, (read) => {
      const clean = this.rules.texts.scrub(read, kinds, this.level, read === text ? signs : undefined);
      return this.redis ? scrubRedisCommand(clean) : clean;
    });
  }

  private cookies(text: string, kinds: number): string {
    const { texts, keys } = this.rules;
    return this.guarded(text, (read) => {
      const clean = scrubCookieText(read, keys, (part) => texts.scrub(part, kinds, 1));
      return this.redis ? scrubRedisCommand(clean) : clean;
    });
  }

  private guarded(text: string, scrub: (read: string) => string): string {
    const { limit } = this;
    const read = readable(text, limit);
    let clean: string;
    try {
      clean = scrub(read);
    } catch {
      this.rules.faults++; // a rule failed: the text is not sent
      clean = marker('fault');
    }
    if (clean.length > limit) return cutText(clean, limit);
    return read.length < text.length ? clean + CUT : clean;
  }
}

/** Whether texts that came before come here again; where many in turn were new, one of a few is asked for. */
function isWorthALook(plan: EntryPlan): boolean {
  if (plan.fresh === MOST_FRESH + LOOK_AGAIN) plan.fresh = MOST_FRESH;
  return plan.fresh++ <= MOST_FRESH;
}
