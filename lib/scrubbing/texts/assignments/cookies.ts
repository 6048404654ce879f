import { FILTERED, isMarker, marker } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

const ATTRIBUTES = new Set([
  'path',
  'domain',
  'expires',
  'max-age',
  'samesite',
  'secure',
  'httponly',
  'partitioned',
  'priority',
]);

/**
 * `a=1; sessionid=x; Path=/`: replaces the values of sensitive cookies one by one, as in Relay. A text that is not a list
 * of cookies is removed as a whole.
 */
export function scrubCookieText(text: string, keys: KeyRules, scrubValue: (text: string) => string): string {
  if (text === '' || isMarker(text)) return text;
  if (!text.includes('=')) return marker('cookie');
  const parts = text.split(';');
  const clean = parts.map((part) => scrubPart(part, keys, scrubValue));
  return clean.every((part, at) => part === parts[at]) ? text : clean.join(';');
}

function scrubPart(part: string, keys: KeyRules, scrubValue: (text: string) => string): string {
  const equals = part.indexOf('=');
  if (equals === -1) return part;
  const name = part.slice(0, equals).trim();
  const value = part.slice(equals + 1);
  const bare = value.trim();
  if (bare === '' || isMarker(bare) || ATTRIBUTES.has(name.toLowerCase())) return part;
  return `${part.slice(0, equals + 1)}${keys.of(name).cookieRule ? FILTERED : scrubValue(value)}`;
}
