import type { WorkMeter } from '../../limits/work-meter.js';
import { marker } from '../../markers/marker.js';
import * as codes from '../encodings/character-codes.js';
import { isExampleKey } from '../../markers/placeholders.js';
import { DottedKeys, dottedKey, type DottedKey } from './dotted-keys.js';
import { prefixesOf } from './vendors/key-prefixes.js';
import { UNPREFIXED_KEYS } from './vendors/unprefixed-keys.js';
import { PREFIXED_KEYS } from './vendors/vendor-keys.js';
import type { VendorKey } from './vendors/vendor-key.js';

/** A local copy: in CommonJS, every use of an imported constant is a property lookup. */
const { codeAt } = codes;

/** The first characters of every key with a fixed beginning, up to four. */
export const KEY_HEADS: readonly string[] = [...new Set(PREFIXED_KEYS.flatMap(([, form]) => prefixesOf(form)))];

/** Steps to try the forms that begin like a word, and to find out which of them matched. */
const STEPS_PER_TRY = 400;
const STEPS_PER_KEY = 4000;
/** Steps to look for a form without a fixed beginning, for each character. */
const STEPS_UNPREFIXED = 4;

/** The forms of the keys that begin with the same character. */
interface Group {
  readonly form: RegExp;
  readonly keys: readonly VendorKey[];
  readonly dotted: readonly DottedKey[];
}

const GROUPS: readonly (Group | undefined)[] = groups();
const UNPREFIXED = UNPREFIXED_KEYS.map(([name, form, , , contains]) => ({
  name,
  form: new RegExp(`(?<![A-Za-z0-9])(?:${form})`, 'g'),
  mayMatch: new RegExp(contains.split(' ').map(literal).join('|')),
}));
/** A cheap test for what every one of them contains; those whose only sign is punctuation, by what is before it. */
const MAY_BE_UNPREFIXED = new RegExp(
  [
    '(?<![A-Za-z0-9])[0-9a-f]{32}[.-]',
    '(?<![A-Za-z0-9])S[UANOCX][A-Z2-7]{20}',
    '(?<![A-Za-z0-9])AC[0-9a-f]{32}:',
    '(?<![A-Za-z0-9])[\\w-]{6}\\.[\\w-]{6}:[\\w-]{40}',
    '(?<![A-Za-z0-9])[0-9a-f]{24}:[0-9a-f]{60}',
    '(?<![A-Za-z0-9])[0-9a-f]{8}-[0-9a-f-]{27}:[0-9a-f]{32}',
    ':[a-z]{2,20}\\.[0-9a-f]{50}',
    '[_-](?:[A-Za-z0-9]{34}|[0-9a-f]{32})',
    '_P[CEF]\\w{2}_[0-9a-f]{8}-',
    '(?<![A-Za-z0-9])[1-3][A-Za-z0-9]{26}_',
    '(?<![A-Za-z0-9])00[A-Za-z0-9][\\w-]{39}',
    ...UNPREFIXED_KEYS.flatMap(([, , , , contains]) => contains.split(' '))
      .filter((word) => !/^[.:_-]$|^_P|^S[A-Z]$|^AC$|^00$/.test(word))
      .map(literal),
  ].join('|'),
);

function literal(word: string): string {
  return word.replace(/[^A-Za-z0-9]/g, '\\$&');
}

function groups(): (Group | undefined)[] {
  const byFirst = new Map<number, VendorKey[]>();
  for (const key of PREFIXED_KEYS) {
    for (const first of new Set(prefixesOf(key[1]).map((head) => head.charCodeAt(0)))) {
      byFirst.set(first, [...(byFirst.get(first) ?? []), key]);
    }
  }
  const list: (Group | undefined)[] = [];
  for (const [first, all] of byFirst) {
    const dotted = all.map(dottedKey).filter((key) => key !== undefined);
    const keys = all.filter((key) => !dotted.some((other) => other.key === key));
    list[first] = {
      keys,
      dotted,
      form: new RegExp(`(?<![A-Za-z0-9])(?:${keys.map(([, form]) => `(${form})`).join('|')})`, 'y'),
    };
  }
  return list;
}

/** URLs whose path is the secret; the host and the beginning of the path are kept. */
const WEBHOOKS =
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/webhookb2\/|outlook\.office\.com\/webhook\/|hooks\.zapier\.com\/hooks\/(?:catch|standard)\/(?:silent\/)?|claude\.ai\/code\/session_|(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/|hook\.[a-z\d]{2,6}\.make\.com\/|maker\.ifttt\.com\/trigger\/[\w-]{1,60}\/(?:json\/)?with\/key\/|api\.netlify\.com\/build_hooks\/|api\.vercel\.com\/v1\/integrations\/deploy\/|hooks\.airtable\.com\/workflows\/|events\.pagerduty\.com\/integration\/|\.infura\.io\/(?:ws\/)?v3\/|\.alchemy(?:api)?\.(?:com|io)\/(?:v2|nft\/v[23]|data\/v1)\/|\.quiknode\.pro\/|\.tines\.(?:com|io)\/webhook\/|thingsboard\.cloud\/api\/v1\/|rpc\.ankr\.com\/[a-z_]{2,30}\/|\.blastapi\.io\/|\.nodereal\.io\/v1\/)[\w@.:%/+-]{8,400}/g;
/** Telegram's: the name of the method follows the secret. */
const BOTS = /(\/bot)\d{6,12}(?::|%3A)[\w-]{30,60}/g;
const MAY_BE_WEBHOOK =
  /hook|\/(?:bot|code\/session_|with\/key\/|deploy\/|integration\/)|\.make\.com\/|\.(?:infura|blastapi|nodereal)\.io\/|\.alchemy|quiknode|rpc\.ankr|thingsboard/;

/**
 * Replaces keys of providers, and JSON Web Tokens, with `[Filtered:<provider>]`.
 *
 * @param prefixed - a word in the text begins like a key
 * @param unprefixed - the text contains what some keys without a fixed prefix contain
 */
export function scrubProviderKeys(text: string, prefixed: boolean, unprefixed: boolean, work: WorkMeter): string {
  let clean = prefixed ? scrubPrefixed(text, work) : text;
  if (unprefixed) clean = scrubUnprefixed(clean, work);
  return MAY_BE_WEBHOOK.test(clean)
    ? clean
        .replace(WEBHOOKS, (_all, head: string) => head + marker('webhook'))
        .replace(BOTS, (_all, head: string) => head + marker('telegram'))
    : clean;
}

/** Tries the forms only where a word begins with the same character. */
function scrubPrefixed(text: string, work: WorkMeter): string {
  let out = '';
  let copied = 0;
  let inWord = false;
  let dottedKeys: DottedKeys | undefined;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const begins = !inWord;
    inWord = isAlphanumeric(code);
    if (!begins || !inWord) continue;
    const group = GROUPS[code];
    if (!group || !mayBegin(text, at)) continue;
    work.charge(STEPS_PER_TRY);
    let end = -1;
    let name = '';
    group.form.lastIndex = at;
    const found = group.form.exec(text);
    if (found) {
      end = at + found[0].length;
      name = nameOf(found, group.keys);
    }
    for (let next = 0; end === -1 && next < group.dotted.length; next++) {
      const dotted = group.dotted[next] as DottedKey;
      end = (dottedKeys ??= new DottedKeys(text, work)).endOf(dotted, at);
      [name] = dotted.key;
    }
    if (end === -1) continue;
    work.charge(STEPS_PER_KEY);
    if (!isExampleKey(text.slice(at, end))) {
      out += text.slice(copied, at) + marker(name);
      copied = end;
    }
    at = end - 1;
    inWord = isAlphanumeric(text.charCodeAt(at));
  }
  return copied === 0 ? text : out + text.slice(copied);
}

function scrubUnprefixed(text: string, work: WorkMeter): string {
  if (!MAY_BE_UNPREFIXED.test(text)) return text;
  let out = text;
  for (const { name, form, mayMatch } of UNPREFIXED) {
    if (!mayMatch.test(out)) continue;
    work.charge(out.length * STEPS_UNPREFIXED);
    out = out.replace(form, (key) => (isExampleKey(key) ? key : marker(name)));
  }
  return out;
}

function nameOf(found: readonly (string | undefined)[], keys: readonly VendorKey[]): string {
  return keys[keys.findIndex((_key, at) => found[at + 1] !== undefined)]?.[0] ?? 'key';
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Hashes of the heads with three and with four characters; shorter heads are listed with every next character. */
const HEADS = [new Uint8Array(1 << 16), new Uint8Array(1 << 16)] as const;
/** The whole head of a few keys is one character. */
const FIRSTS = new Uint8Array(128);

for (const head of KEY_HEADS) {
  if (head.length === 1) FIRSTS[head.charCodeAt(0)] = 1;
  else if (head.length === 2) for (let code = 0; code < 128; code++) HEADS[0][nextHash(hashOf(head), code)] = 1;
  else HEADS[head.length === 3 ? 0 : 1][hashOf(head)] = 1;
}

function hashOf(head: string): number {
  let hash = 0;
  for (let at = 0; at < head.length; at++) hash = nextHash(hash, head.charCodeAt(at));
  return hash;
}

function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 37) + (code & 127)) & 0xffff;
}

/** Whether a key may begin here, from the first four characters. */
export function mayBegin(text: string, at: number): boolean {
  const first = codeAt(text, at);
  if (FIRSTS[first] === 1) return true;
  const three = nextHash(nextHash(first & 127, codeAt(text, at + 1)), codeAt(text, at + 2));
  return HEADS[0][three] === 1 || HEADS[1][nextHash(three, codeAt(text, at + 3))] === 1;
}
