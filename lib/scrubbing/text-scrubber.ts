import { toJson } from './to-json.js';
import { scrubAssignments } from './assignments.js';
import { CleanTexts, UNKNOWN } from './clean-texts.js';
import { scrubAuthSchemes } from './auth-schemes.js';
import { scrubBase64Documents } from './base64-documents.js';
import { scrubCards } from './card-numbers.js';
import { scrubCommandOptions } from './command-options.js';
import { scrubCookieText } from './cookie-text.js';
import { scrubEmails } from './email-addresses.js';
import { scrubEncoded } from './encoded-text.js';
import { scrubAddresses, wholeAddress } from './ip-addresses.js';
import { looksLikeDocument, parseDocument } from './json-text.js';
import type { KeyRules } from './key-rules.js';
import { marker } from './marker.js';
import { scrubMultipart } from './multipart.js';
import { scrubPemBlocks } from './pem-blocks.js';
import { scrubIbans, scrubSocialSecurity } from './personal-numbers.js';
import { scrubProviderKeys } from './provider-keys.js';
import { scrubKubernetesSecrets } from './kubernetes-secrets.js';
import { scrubSpokenSecrets } from './spoken-secrets.js';
import { scrubSqlValues } from './sql-values.js';
import {
  ADDRESSES,
  ASSIGNMENTS,
  CODE,
  COOKIES,
  DOCUMENTS,
  EMAILS,
  NUMBERS,
  SECRETS,
  WHOLE_ADDRESS,
} from './text-kinds.js';
import {
  ADDRESS,
  ANGLE,
  ASSIGN,
  AT,
  DASH,
  DIGITS,
  ENTITY,
  KEY_PREFIX,
  LONG_TOKEN,
  LOOSE,
  PAIR,
  PERCENT,
  QUOTE,
  SCHEME,
  SLASH,
  SPACE,
  WIDE,
  isWide,
  signsOf,
} from './text-signs.js';
import { scrubUrlCredentials } from './url-credentials.js';
import { scrubUrlParameters } from './url-parameters.js';
import { scrubEscapedElements, scrubXmlElements } from './xml-elements.js';

/** Texts inside texts are looked into this deep. */
const NESTED = 4;
const MOST_PASSES = 4;

/** Signs that no rule begins with. */
const HARMLESS_SIGNS = SPACE | SLASH | WIDE | LONG_TOKEN;
/** A long word in a path: the secret of a webhook may be one. */
const WEBHOOK_SIGNS = LONG_TOKEN | SLASH;
/** Signs that a rule for secret forms begins with. */
const SECRET_SIGNS = AT | DASH | SCHEME | KEY_PREFIX | LOOSE;

/** What a text scrubber is made of. */
export interface TextRules {
  keys: KeyRules;
  /** Replaces an e-mail address; undefined keeps them. */
  email: ((address: string) => string) | undefined;
  /** Replaces an IP address; undefined keeps them. */
  ip: ((address: string) => string) | undefined;
  /** The same outside of fields that hold an address: there those of the server itself stay. */
  hostIp: ((address: string) => string) | undefined;
  patterns: readonly { name: string; pattern: RegExp }[];
  /** Scrubs a parsed document; the same reference where nothing had to go. */
  document: (value: object, level: number) => unknown;
  /** The same text always has the same answer. */
  pure: boolean;
}

/** Scrubs texts: one look for signs, then the rules that can match, each in linear time. */
export class TextScrubber {
  private readonly nested = (text: string): string => this.scrub(text, this.nestedKinds, this.level + 1);
  /** Texts that the rules have found nothing in. */
  readonly clean = new CleanTexts();
  private nestedKinds = 0;
  private level = 0;
  private readonly cookieValue = (text: string): string => this.nested(text);
  private readonly reading = {
    cookies: (text: string): string => scrubCookieText(text, this.rules.keys, this.cookieValue),
    code: false,
  };

  constructor(private readonly rules: TextRules) {}

  /** No rule found anything in this text. */
  remember(text: string, kinds: number, signs: number): void {
    if (this.rules.pure) this.clean.add(text, kinds, isWide(signs));
  }

  /** Whether no rule of these kinds can match a text with these signs. */
  isHarmless(signs: number, kinds: number): boolean {
    if (kinds === 0) return true;
    if (this.rules.patterns.length > 0 || kinds & (COOKIES | WHOLE_ADDRESS)) return false;
    if ((signs & WEBHOOK_SIGNS) === WEBHOOK_SIGNS) return false;
    return (signs & ((kinds & ~(SECRETS | CODE)) === 0 ? SECRET_SIGNS : ~HARMLESS_SIGNS)) === 0;
  }

  /**
   * @param level - how many texts this one stands in
   * @param known - its signs, where they are known
   */
  scrub(text: string, kinds: number, level = 0, known?: number): string {
    if (text.length < 3) return text;
    let signs = known;
    if (!mayBeDocument(text, kinds, level)) {
      signs ??= signsOf(text);
      if (this.isHarmless(signs, kinds)) return text;
    }
    const outerKinds = this.nestedKinds;
    const outerLevel = this.level;
    this.nestedKinds = kinds;
    this.level = level;
    try {
      return this.passes(text, kinds, level, signs);
    } finally {
      this.nestedKinds = outerKinds;
      this.level = outerLevel;
    }
  }

  /** What one rule leaves may be a match for another: a second pass over what is sent must find nothing. */
  private passes(text: string, kinds: number, level: number, known: number | undefined): string {
    let before = text;
    let left = known;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      if (mayBeDocument(before, kinds, level)) {
        const document = this.scrubDocument(before);
        if (document !== undefined) return document; // read as what it is: no rule for running text is needed
      }
      const signs = left ?? signsOf(before);
      const after = this.run(before, kinds, signs);
      if (after === before) {
        if (pass > 0 && level === 0) this.remember(after, kinds, signs);
        return after;
      }
      if (level === 0 && this.clean.find(after, kinds) !== UNKNOWN) return after;
      before = after;
      left = undefined;
    }
    return before;
  }

  private run(text: string, kinds: number, signs: number): string {
    const { keys, email, ip, hostIp, patterns } = this.rules;
    let out = text;
    if (kinds & DOCUMENTS && signs & KEY_PREFIX && this.level < NESTED) out = scrubBase64Documents(out, this.nested);
    if (kinds & SECRETS) {
      if (signs & (DASH | KEY_PREFIX)) out = scrubPemBlocks(out);
      if (signs & AT && signs & SLASH) out = scrubUrlCredentials(out);
    }
    if (kinds & ASSIGNMENTS) {
      if (signs & PERCENT && this.level < NESTED) out = scrubEncoded(out, this.nested);
      if (signs & ASSIGN) out = scrubMultipart(out, keys, this.nested);
      if (signs & QUOTE && signs & SPACE && !(kinds & CODE)) out = scrubSqlValues(out, keys);
      if (signs & ASSIGN && !(kinds & CODE)) out = scrubKubernetesSecrets(scrubUrlParameters(out));
      if (signs & SCHEME && signs & SPACE && !(kinds & CODE)) out = scrubSpokenSecrets(out);
      if (signs & (ASSIGN | PAIR)) {
        this.reading.code = (kinds & CODE) !== 0;
        out = scrubAssignments(out, keys, this.reading);
      }
      if (signs & DASH && signs & SPACE) out = scrubCommandOptions(out, keys);
      if (signs & ANGLE) out = scrubXmlElements(out, keys);
      if (signs & ENTITY && out.includes('&lt;')) out = scrubEscapedElements(out, keys);
    }
    if (kinds & SECRETS) {
      if (signs & SCHEME) out = scrubAuthSchemes(out);
      if (signs & (KEY_PREFIX | LOOSE) || (signs & WEBHOOK_SIGNS) === WEBHOOK_SIGNS) {
        out = scrubProviderKeys(out, (signs & KEY_PREFIX) !== 0, (signs & LOOSE) !== 0);
      }
      for (const { name, pattern } of patterns) out = out.replace(pattern, marker(name));
    }
    if (kinds & NUMBERS && signs & DIGITS) {
      out = scrubCards(out);
      out = scrubIbans(scrubSocialSecurity(out));
    }
    if (email && kinds & EMAILS && signs & AT) out = scrubEmails(out, email);
    const replace = kinds & WHOLE_ADDRESS ? ip : hostIp;
    if (replace && kinds & ADDRESSES && signs & ADDRESS) out = scrubAddresses(out, replace);
    return ip && kinds & WHOLE_ADDRESS ? wholeAddress(out) : out;
  }

  /** The text scrubbed as the document it is; undefined where it is none. */
  private scrubDocument(text: string): string | undefined {
    const parsed = parseDocument(text);
    if (parsed === undefined) return undefined;
    if (typeof parsed === 'string') {
      const inner = this.nested(parsed);
      return inner === parsed ? text : JSON.stringify(inner);
    }
    const clean = this.rules.document(parsed, this.level + 1);
    return clean === parsed ? text : (toJson(clean) ?? marker('fault'));
  }
}

function mayBeDocument(text: string, kinds: number, level: number): boolean {
  return (kinds & DOCUMENTS) !== 0 && level < NESTED && looksLikeDocument(text);
}
