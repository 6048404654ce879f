import { CleanTexts, UNKNOWN } from '../cache/clean-texts.js';
import { isWholePseudonym } from '../cache/pseudonyms.js';
import { STEPS_PER_EXCEPTION, TOO_COSTLY } from '../limits/work-meter.js';
import type { PersonalKind } from '../names/personal-names.js';
import { UNREAD, isMarker, marker } from '../markers/marker.js';
import { scrubCookieText } from './assignments/cookies.js';
import { STEPS_TO_PARSE, looksLikeDocument, parseDocument } from './encodings/json-document.js';
import { withoutColours } from './encodings/terminal-colours.js';
import { toJson } from './encodings/to-json.js';
import { cannotMatch } from './prefilter.js';
import { DOCUMENTS } from './rule-kinds.js';
import { featuresOf } from './scan-text.js';
import { isWide } from './text-features.js';
import { applyRules, type NestedTexts, type TextRules } from './text-rules.js';

/** Texts inside texts are scrubbed down to this level. */
const MAX_LEVEL = 4;
/** Texts in cookies, forms and documents, down to this level; deeper ones are replaced. */
const MAX_NESTED = 8;
const MAX_PASSES = 4;
/** Steps to scan one character, most often one of a text that is scanned for the second time. */
const SCAN = 12;
/** Steps to run the rules, however short the text is. */
const RULES = 3000;
/** Steps to parse and to serialize a document, however short it is. */
const DOCUMENT = 6000;
/** Steps to split cookies, for each character, and to begin with a text inside a text. */
const COOKIE = 10;
const NESTED = 100;

export interface TextScrubberOptions extends TextRules {
  /** Scrubs a parsed document; returns the same reference if nothing changed. */
  document: (value: object, level: number) => unknown;
  /** The same text always has the same result. */
  pure: boolean;
}

/** Scrubs texts: scans each once for its features, then runs the rules that can match, each in linear time. */
export class TextScrubber {
  /** Texts in which no rule found anything. */
  readonly clean = new CleanTexts();
  private kinds = 0;
  private level = 0;
  private maxPasses = MAX_PASSES;
  private readonly scrubNested = (text: string): string => this.nestedText(text);
  private readonly nested: { -readonly [Key in keyof NestedTexts]: NestedTexts[Key] } = {
    mayDecode: true,
    scrub: this.scrubNested,
    scrubCookies: (text) => scrubCookieText(this.options.work.read(text, COOKIE), this.options.keys, this.scrubNested),
  };

  constructor(private readonly options: TextScrubberOptions) {}

  /** No rule found anything in this text. */
  remember(text: string, kinds: number, features: number): void {
    if (this.options.pure) this.clean.add(text, kinds, isWide(features));
  }

  /** The same, right after it was looked up. */
  rememberFound(text: string, kinds: number, features: number): void {
    if (this.options.pure) this.clean.addFound(text, kinds, isWide(features));
  }

  /** Whether no rule of these kinds can match a text with these features. */
  isHarmless(features: number, kinds: number): boolean {
    if (kinds === 0) return true;
    return this.options.patterns.length === 0 && !this.options.personal && cannotMatch(features, kinds);
  }

  /**
   * @param level - how many texts enclose this one
   * @param known - its features, if they are known
   */
  scrub(text: string, kinds: number, level = 0, known?: number): string {
    if (text.length < 3) return text;
    let features = known;
    if (!mayBeDocument(text, kinds, level)) {
      features ??= this.featuresOf(text);
      if (this.isHarmless(features, kinds)) return text;
    }
    const outerKinds = this.kinds;
    const outerLevel = this.level;
    const outerPasses = this.maxPasses;
    this.enter(kinds, level, level === 0 ? MAX_PASSES : outerPasses);
    try {
      return this.passes(text, kinds, level, features);
    } finally {
      this.enter(outerKinds, outerLevel, outerPasses);
    }
  }

  /** What is sent in place of personal data of this kind. */
  personal(kind: PersonalKind, value: string): string {
    return this.options.personal?.[kind]?.(value) ?? value;
  }

  /** A text that is an item of its own: replaced if it takes more steps than are left. */
  whole(text: string, kinds: number): string {
    try {
      return this.scrub(text, kinds);
    } catch (error) {
      if (error !== TOO_COSTLY) throw error;
      return UNREAD;
    }
  }

  /** The rules run once over a text inside a text: where they find something, they run over both again. */
  private nestedText(text: string): string {
    if (this.level >= MAX_NESTED) return text.length < 3 ? text : UNREAD;
    this.options.work.charge(NESTED);
    const { maxPasses } = this;
    this.maxPasses = 1;
    try {
      return this.scrub(text, this.kinds, this.level + 1);
    } finally {
      this.maxPasses = maxPasses;
    }
  }

  private featuresOf(text: string): number {
    return featuresOf(this.options.work.read(text, SCAN));
  }

  private enter(kinds: number, level: number, maxPasses: number): void {
    this.kinds = kinds;
    this.level = level;
    this.maxPasses = maxPasses;
    this.nested.mayDecode = level < MAX_LEVEL;
  }

  /** The output of one rule may match another: scrubbing what is sent a second time must find nothing. */
  private passes(text: string, kinds: number, level: number, known: number | undefined): string {
    let before = text;
    let left = known;
    for (let pass = 0; pass < this.maxPasses; pass++) {
      if (mayBeDocument(before, kinds, level)) {
        const document = this.scrubDocument(before);
        if (document !== undefined) return document; // scrubbed as a document: no rule for running text is needed
      }
      const features = left ?? this.featuresOf(before);
      if (pass === 0 && isWide(features)) {
        const plain = withoutColours(this.options.work.read(before, 5));
        // colours go only if something else does
        if (plain !== before) return this.withoutColours(before, plain, kinds, level);
      }
      this.options.work.charge(RULES);
      const after = applyRules(before, kinds, features, this.options, this.nested);
      if (after === before) {
        if (pass > 0 && level === 0) this.remember(after, kinds, features);
        return after;
      }
      if (this.isSettled(after) || (level === 0 && this.clean.find(after, kinds) !== UNKNOWN)) return after;
      before = after;
      left = undefined;
    }
    return before;
  }

  /** Nothing is left of the text but a marker or a pseudonym, which no built-in rule changes. */
  private isSettled(text: string): boolean {
    const { patterns, personal } = this.options;
    return patterns.length === 0 && !personal && text.length < 48 && (isMarker(text) || isWholePseudonym(text));
  }

  private withoutColours(text: string, plain: string, kinds: number, level: number): string {
    const clean = this.passes(plain, kinds, level, undefined);
    return clean === plain ? text : clean;
  }

  /** The text scrubbed as a JSON document; undefined if it is none. */
  private scrubDocument(text: string): string | undefined {
    const { work } = this.options;
    work.charge(DOCUMENT);
    const parsed = parseDocument(work.read(text, STEPS_TO_PARSE));
    if (parsed === undefined) {
      work.charge(STEPS_PER_EXCEPTION);
      return undefined;
    }
    if (typeof parsed === 'string') {
      const inner = this.scrub(parsed, this.kinds, this.level + 1);
      return inner === parsed ? text : JSON.stringify(inner);
    }
    const clean = this.options.document(parsed, this.level + 1);
    return clean === parsed ? text : (toJson(clean) ?? marker('fault'));
  }
}

function mayBeDocument(text: string, kinds: number, level: number): boolean {
  return (kinds & DOCUMENTS) !== 0 && level < MAX_LEVEL && looksLikeDocument(text);
}
