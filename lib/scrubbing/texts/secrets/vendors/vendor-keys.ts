import { AI_KEYS } from './ai-keys.js';
import { BUSINESS_KEYS } from './business-keys.js';
import { CLOUD_KEYS } from './cloud-keys.js';
import { CODE_KEYS } from './code-keys.js';
import { KNOWN_KEYS } from './known-keys.js';
import { SESSION_KEYS } from './session-keys.js';
import type { VendorKey } from './vendor-key.js';

/** Keys with a fixed beginning; the first form that matches names the key. */
export const PREFIXED_KEYS: readonly VendorKey[] = [
  ...KNOWN_KEYS,
  ...CLOUD_KEYS,
  ...CODE_KEYS,
  ...AI_KEYS,
  ...BUSINESS_KEYS,
  ...SESSION_KEYS,
];
