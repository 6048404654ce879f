/** A signature by a shared key: in hexadecimal digits or base64, with a version or an algorithm before it. */
const SIGNATURE =
  /^(?:(?:v\d|sha-?\d{1,3})[=,:]\s?)?(?:[\da-f]{40}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|[A-Za-z\d+/]{27}=|[A-Za-z\d+/]{43}=|[A-Za-z\d+/]{86}==)$/;
/** Last words of the names of signatures; their algorithm may follow: `X-Shopify-Hmac-SHA256`. */
const NAMES: ReadonlySet<string> = new Set('signature signatures sig hmac digest'.split(' '));
const ALGORITHM = /^(?:sha\d{0,3}|256|512|1|v\d)$/;
/** `Digest` and `Content-Digest` are checksums, which anyone can compute. */
const CHECKSUM = 'digest';

/** Matches the signatures that a name promises: `x-slack-signature`, `requestHmac`; undefined if it promises none. */
export function signatureForm(words: readonly string[]): RegExp | undefined {
  let last = words.length - 1;
  while (last > 0 && ALGORITHM.test(words[last] ?? '')) last--;
  const name = words[last] ?? '';
  if (!NAMES.has(name)) return undefined;
  return name === CHECKSUM && !words.includes('hmac') && !words.includes('signature') ? undefined : SIGNATURE;
}
