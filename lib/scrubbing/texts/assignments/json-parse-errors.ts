import { FILTERED } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** V8 quotes the place where JSON is broken: `…"assword":"x"y,"a":1... is not valid JSON`; the name may be cut. */
const CUT_NAME = /(\.\.\.|…)(\\?")?([\w-]{2,40})(\\?"\s{0,4}:\s{0,4}\\?")([^"\\\r\n]{1,400})/g;
const CUT_VALUE =
  /(\.\.\.|…)(?=[^"\\\s.:,{}[\]]{0,60}\d)(?=[^"\\\s.:,{}[\]]{0,60}[A-Za-z])([^"\\\s.:,{}[\]]{6,60})(?=\\?"\s{0,4}[\w,}\]])/g;
/** The ends of secret names, from three letters on. */
const WHOLE = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'token',
  'apikey',
  'api_key',
  'accesskey',
  'access_key',
  'private_key',
  'privatekey',
  'authorization',
  'credential',
  'credentials',
  'cookie',
];

/** Values in a snippet of JSON whose names are cut at its beginning. */
export function scrubJsonParseErrors(text: string, keys: KeyRules): string {
  if (!text.includes('JSON') || !/JSON at position|is not valid JSON|in JSON/.test(text)) return text;
  return text
    .replace(
      CUT_NAME,
      (all: string, dots: string, quote: string | undefined, name: string, gap: string, value: string) =>
        isSecret(name, quote !== undefined, keys) && !value.startsWith('[Filtered')
          ? `${dots}${quote ?? ''}${name}${gap}${FILTERED}`
          : all,
    )
    .replace(CUT_VALUE, (_all, dots: string) => dots + FILTERED);
}

function isSecret(name: string, quoted: boolean, keys: KeyRules): boolean {
  if (keys.of(name).rule !== undefined) return true;
  const end = name.toLowerCase();
  return end.length >= (quoted ? 4 : 2) && WHOLE.some((whole) => whole.endsWith(end));
}
