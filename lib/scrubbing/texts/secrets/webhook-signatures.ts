import { marker } from '../../markers/marker.js';

/** A cheap test for what every form contains. */
const MAY_SIGN = /\b[vh][01]a?[=,]|sha(?:1|256|384|512)=|signature|hmac/i;
/** Of Stripe, Slack and Paddle, `t=1769000000,v1=<hex>`, and of Svix, `v1,<base64>`. */
const VERSIONED =
  /(?<![\w.-])([vh][01]=)[\da-f]{64}(?![\da-f])|(?<![\w.-])(v1a?,)(?:[A-Za-z\d+/]{43}=|[A-Za-z\d+/]{86}==)/g;
/** Of GitHub and others: a checksum is written the same, so only where a signature is spoken of. */
const BY_ALGORITHM =
  /(?<![\w.-])(sha(?:1|256|384|512)=)(?:[\da-f]{128}|[\da-f]{96}|[\da-f]{64}|[\da-f]{40})(?![\da-f])/g;
/** `computed <hex>`, `expected: <hex>`. */
const COMPARED =
  /(\b(?:signatures?|hmac|computed|calculated|expected|received|actual|got|want(?:ed)?|header|provided|digest)["']?[ :=(]{1,3}["']?)(?:[\da-f]{128}|[\da-f]{96}|[\da-f]{64}|[\da-f]{40})(?![\da-f])/gi;
const SPEAKS_OF_SIGNATURES = /signature|webhook|hmac/i;

/** Replaces signatures that a webhook was sent with: with them, its request could be sent again. */
export function scrubWebhookSignatures(text: string): string {
  if (!MAY_SIGN.test(text)) return text;
  const clean = text.replace(
    VERSIONED,
    (_all, hex: string | undefined, base64: string | undefined) => (hex ?? base64 ?? '') + marker('signature'),
  );
  return SPEAKS_OF_SIGNATURES.test(clean)
    ? clean
        .replace(BY_ALGORITHM, (_all, head: string) => head + marker('signature'))
        .replace(COMPARED, (_all, head: string) => head + marker('signature'))
    : clean;
}
