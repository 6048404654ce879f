import type { PersonalData, PiiMode, ScrubbingOptions } from '../options/scrubbing-options.js';
import { checkOptions } from './check-options.js';
import { EntryPlans } from './walk/entry-plans.js';
import { PERSONAL_KINDS, personalLabel, type PersonalKind } from './names/personal-names.js';
import type { PersonalReplacers } from './texts/personal-data/personal-forms.js';
import { KeyRules } from './names/key-rules.js';
import { DEFAULT_LIMITS } from './limits/limits.js';
import { DEFAULT_MAX_WORK, TOO_COSTLY, WorkMeter } from './limits/work-meter.js';
import { UNREAD, marker } from './markers/marker.js';
import { PathRules } from './walk/path-rules.js';
import { DATA } from './fields/field-context.js';
import type { Pseudonyms } from './cache/pseudonyms.js';
import type { CompiledRules } from './walk/compiled-rules.js';
import { NAME, NUMBERS, EMAILS, ADDRESSES } from './texts/rule-kinds.js';
import { TextScrubber } from './texts/text-scrubber.js';
import { Walk } from './walk/walk.js';

export interface ProcessFacts {
  pseudonyms: Pseudonyms;
  isOwnAddress?: ((address: string) => boolean) | undefined;
}

/** Checks the options and compiles the rules from them. */
export function compileOptions(options: ScrubbingOptions, { pseudonyms, isOwnAddress }: ProcessFacts): CompiledRules {
  checkOptions(options);
  const work = new WorkMeter(options.maxWork ?? DEFAULT_MAX_WORK);
  pseudonyms.charge = (steps) => {
    work.charge(steps);
  };
  const pii: PersonalData = typeof options.pii === 'object' ? options.pii : { email: options.pii, ip: options.pii };
  const personal = personalReplacers(pii, pseudonyms);
  const keys = new KeyRules(work, options.keys, options.safeKeys, new Set(Object.keys(personal) as PersonalKind[]));
  const ip = replacerFor(pii.ip, 'ip', (address) => pseudonyms.ip(address));
  const texts: TextScrubber = new TextScrubber({
    work,
    keys,
    email: replacerFor(pii.email, 'email', (address) => pseudonyms.email(address)),
    ip,
    hostIp: ip && isOwnAddress ? (address) => (isOwnAddress(address) ? address : ip(address)) : ip,
    personal: Object.keys(personal).length > 0 ? personal : undefined,
    patterns: (options.patterns ?? []).map(({ name, pattern }) => ({ name, pattern: withGlobalFlag(pattern) })),
    pure: options.custom === undefined && options.paths === undefined,
    document: (value, level) =>
      new Walk(rules, { record: false, limits: rules.limits, textLevel: level }).value(value, DATA),
  });
  keys.scrubName = (key) => {
    try {
      return texts.scrub(key, NAME | NUMBERS | EMAILS | ADDRESSES);
    } catch (error) {
      if (error === TOO_COSTLY) return UNREAD;
      throw error;
    }
  };
  const rules: CompiledRules = {
    keys,
    plans: new EntryPlans(keys),
    texts,
    work,
    limits: {
      depth: options.maxDepth ?? DEFAULT_LIMITS.depth,
      breadth: options.maxBreadth ?? DEFAULT_LIMITS.breadth,
      text: options.maxStringLength ?? DEFAULT_LIMITS.text,
      bytes: options.maxBytes ?? DEFAULT_LIMITS.bytes,
    },
    paths: PathRules.compile(options.paths),
    custom: options.custom,
    keepsContact: pii.email === undefined || pii.email === 'keep',
    removed: 0,
    faults: 0,
  };
  return rules;
}

function replacerFor(
  mode: PiiMode | undefined,
  label: string,
  pseudonym: (address: string) => string,
): ((address: string) => string) | undefined {
  if (mode === 'keep') return undefined;
  return mode === 'redact' ? () => marker(label) : pseudonym;
}

function personalReplacers(pii: PersonalData, pseudonyms: Pseudonyms): PersonalReplacers {
  const replacers: PersonalReplacers = {};
  for (const kind of PERSONAL_KINDS) {
    const label = personalLabel(kind);
    const replace = replacerFor(pii[kind] ?? 'keep', label, (value) => pseudonyms.other(label, value));
    if (replace) replacers[kind] = replace;
  }
  return replacers;
}

function withGlobalFlag(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, '')}g`);
}
