import type { WorkMeter } from '../../limits/work-meter.js';
import { marker } from '../../markers/marker.js';
import { isExampleKey } from '../../markers/placeholders.js';
import { PATTERNS, PREFIXES_BY_LABEL, UNPREFIXED_PATTERNS } from './provider-key-patterns.js';

/** The first two letters of every key in {@link PATTERNS}; one letter if the second may be any. */
export const PREFIXES: readonly string[] = prefixes();

/** Steps to find out which pattern matched. */
const STEPS_PER_KEY = 4000;

const ANY = combined(PATTERNS);
const ANY_UNPREFIXED = combined(UNPREFIXED_PATTERNS);

function combined(forms: readonly [string, string][]): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])(?:${forms.map(([, form]) => `(${form})`).join('|')})`, 'g');
}

function prefixes(): string[] {
  return PATTERNS.flatMap(([label, form]) => {
    const literal = /^[\w]{2}/.exec(form)?.[0];
    const heads = PREFIXES_BY_LABEL[label] ?? (literal ? [literal] : []);
    if (heads.length === 0) throw new Error(`the pattern of ${label} has no known prefix`);
    return heads;
  });
}

/** URLs whose path is the secret; the host and the beginning of the path are kept. */
const WEBHOOKS =
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/webhookb2\/|outlook\.office\.com\/webhook\/|hooks\.zapier\.com\/hooks\/catch\/|api\.telegram\.org\/bot|claude\.ai\/code\/session_)[\w@.:%/+-]{10,400}/g;

/**
 * Replaces keys of providers, and JSON Web Tokens, with `[Filtered:<provider>]`.
 *
 * @param prefixed - a word in the text begins like a key
 * @param unprefixed - the text contains what some keys without a fixed prefix contain
 */
export function scrubProviderKeys(text: string, prefixed: boolean, unprefixed: boolean, work: WorkMeter): string {
  let clean = prefixed ? replaceKeys(text, ANY, PATTERNS, work) : text;
  if (unprefixed) clean = replaceKeys(clean, ANY_UNPREFIXED, UNPREFIXED_PATTERNS, work);
  return clean.includes('hook') || clean.includes('/bot') || clean.includes('/code/session_')
    ? clean.replace(WEBHOOKS, (_all, head: string) => head + marker('webhook'))
    : clean;
}

function replaceKeys(
  text: string,
  any: RegExp,
  forms: readonly [label: string, form: string][],
  work: WorkMeter,
): string {
  return text.replace(any, (...found: unknown[]) => {
    work.charge(STEPS_PER_KEY);
    if (isExampleKey(found[0] as string)) return found[0] as string;
    const at = forms.findIndex((_form, index) => found[index + 1] !== undefined);
    return marker(forms[at]?.[0] ?? 'key');
  });
}
