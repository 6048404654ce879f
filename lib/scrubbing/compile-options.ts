import type { PiiMode, ScrubbingOptions } from '../options/scrubbing-options.js';
import { checkOptions } from './check-options.js';
import { EntryPlans } from './entry-plans.js';
import { KeyRules } from './key-rules.js';
import { marker } from './marker.js';
import { PathRules } from './path-rules.js';
import { DATA } from './field-context.js';
import { Pseudonyms } from './pseudonym.js';
import type { CompiledRules } from './rules.js';
import { NAME, NUMBERS, EMAILS, ADDRESSES } from './text-kinds.js';
import { TextScrubber } from './text-scrubber.js';
import { Walk } from './walk.js';

const DEFAULTS = { depth: 32, breadth: 1000, text: 65_536, bytes: 800_000 };

export interface ProcessFacts {
  release?: string;
  isOwnAddress?: (address: string) => boolean;
}

/** Checks the options and makes the rules from them. */
export function compileOptions(options: ScrubbingOptions, { release = '', isOwnAddress }: ProcessFacts): CompiledRules {
  checkOptions(options);
  const keys = new KeyRules(options.keys, options.safeKeys);
  const pseudonyms = new Pseudonyms(options.pseudonymKey, release);
  const pii = typeof options.pii === 'object' ? options.pii : { email: options.pii, ip: options.pii };
  const ip = replacing(pii.ip, 'ip', (address) => pseudonyms.ip(address));
  const texts: TextScrubber = new TextScrubber({
    keys,
    email: replacing(pii.email, 'email', (address) => pseudonyms.email(address)),
    ip,
    hostIp: ip && isOwnAddress ? (address) => (isOwnAddress(address) ? address : ip(address)) : ip,
    patterns: (options.patterns ?? []).map(({ name, pattern }) => ({ name, pattern: everywhere(pattern) })),
    pure: options.custom === undefined && options.paths === undefined,
    document: (value, level) =>
      new Walk(rules, { record: false, limits: rules.limits, textLevel: level }).value(value, DATA),
  });
  keys.scrubName = (key) => texts.scrub(key, NAME | NUMBERS | EMAILS | ADDRESSES);
  const rules: CompiledRules = {
    keys,
    plans: new EntryPlans(keys),
    texts,
    limits: {
      depth: options.maxDepth ?? DEFAULTS.depth,
      breadth: options.maxBreadth ?? DEFAULTS.breadth,
      text: options.maxStringLength ?? DEFAULTS.text,
      bytes: options.maxBytes ?? DEFAULTS.bytes,
    },
    paths: PathRules.compile(options.paths),
    custom: options.custom,
    removed: 0,
    faults: 0,
  };
  return rules;
}

function replacing(
  mode: PiiMode | undefined,
  label: string,
  pseudonym: (address: string) => string,
): ((address: string) => string) | undefined {
  if (mode === 'keep') return undefined;
  return mode === 'redact' ? () => marker(label) : pseudonym;
}

function everywhere(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, '')}g`);
}
