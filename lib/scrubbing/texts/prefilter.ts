import { CODE, COOKIES, SECRETS, WHOLE_ADDRESS } from './rule-kinds.js';
import { AT, DASH, DOLLAR, KEY_PREFIX, LONG_TOKEN, SCHEME, SLASH, SPACE, UNPREFIXED, WIDE } from './text-features.js';

/** Features that no rule requires. */
const HARMLESS_FEATURES = SPACE | SLASH | WIDE | LONG_TOKEN;
/** A long word in a path: it may be the secret of a webhook. */
const WEBHOOK_FEATURES = LONG_TOKEN | SLASH;
/** Features that the rules for secrets require. */
const SECRET_FEATURES = AT | DASH | DOLLAR | SCHEME | KEY_PREFIX | UNPREFIXED;

/** Whether no built-in rule of these kinds can match a text with these features. */
export function cannotMatch(features: number, kinds: number): boolean {
  if (kinds & (COOKIES | WHOLE_ADDRESS) || mayHoldWebhook(features)) return false;
  return (features & ((kinds & ~(SECRETS | CODE)) === 0 ? SECRET_FEATURES : ~HARMLESS_FEATURES)) === 0;
}

export function mayHoldWebhook(features: number): boolean {
  return (features & WEBHOOK_FEATURES) === WEBHOOK_FEATURES;
}
