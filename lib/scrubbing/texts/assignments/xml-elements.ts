import { FILTERED, isMarker } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';

/** Values have no upper bound: one that was removed only in part would be removed again, a little more, by each pass. */

/** An opening tag with its attributes, and the text up to the next tag or a CDATA section. */
const ELEMENT = /<([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,500})?)>(\s{0,40}<!\[CDATA\[[^\]]+|[^<]+)/g;
/** The same with angle brackets as entities. */
const ESCAPED = /(&lt;([A-Za-z_][\w.:-]{0,80})(?:\s[^<>&]{0,200})?&gt;)([^<&]+)/g;
/** `<key>password</key><string>…`, Apple's property lists, and elements for name and value. */
const NEXT_ELEMENT = /(<(key|name)>\s{0,40}([\w.:-]{1,80})\s{0,40}<\/\2>\s{0,80}<(?:string|value|data)>)([^<]+)/g;

/** `<add key="Password" value="…"/>`, `<input name="password" value="…">`. */
const ATTRIBUTES =
  /(\b(?:key|name)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'][^<>]{0,200}?\bvalue\s{0,4}=\s{0,4})("[^"<>]*"?|'[^'<>]*'?)/g;

/** The same with the value before the name. */
const VALUE_FIRST =
  /(<[A-Za-z][\w.:-]{0,80}\s[^<>]{0,200}?\bvalue\s{0,4}=\s{0,4})("[^"<>]{1,1000}"|'[^'<>]{1,1000}')(?=[^<>]{0,200}?\b(?:key|name)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'])/g;
const CDATA = '<![CDATA[';

/** XML and HTML: replaces the text of elements with sensitive names. */
export function scrubXmlElements(text: string, keys: KeyRules): string {
  const attributed = text.includes('value') ? scrubAttributes(text, keys) : text;
  return attributed
    .replace(ELEMENT, (all: string, name: string, attributes: string, content: string) => {
      const trimmed = content.trim();
      const value = trimmed.startsWith(CDATA) ? trimmed.slice(CDATA.length) : trimmed;
      // `<token> is missing`, `Promise<KeyPair>;`: a placeholder or a type, not an element
      return isSecret(value, keys.of(name).rule) && !/^[ \t;.,`)(>]/.test(content)
        ? `<${name}${attributes}>${content.replace(value, () => FILTERED)}`
        : all;
    })
    .replace(NEXT_ELEMENT, (all: string, head: string, _tag: string, name: string, value: string) =>
      isSecret(value.trim(), keys.of(name).rule) ? head + FILTERED : all,
    );
}

/** The same in text whose angle brackets are entities. */
export function scrubEscapedElements(text: string, keys: KeyRules): string {
  return text.replace(ESCAPED, (all: string, head: string, name: string, value: string) =>
    isSecret(value.trim(), keys.of(name).rule) ? head + FILTERED : all,
  );
}

function scrubAttributes(text: string, keys: KeyRules): string {
  return text
    .replace(ATTRIBUTES, (all: string, head: string, name: string, value: string) =>
      isSecret(value.slice(1, -1), keys.of(name).rule) ? head + quoted(value) : all,
    )
    .replace(VALUE_FIRST, (all: string, head: string, value: string, name: string) =>
      isSecret(value.slice(1, -1), keys.of(name).rule) ? head + quoted(value) : all,
    );
}

function isSecret(value: string, rule: string | undefined): boolean {
  return rule !== undefined && value !== '' && !isMarker(value);
}

function quoted(value: string): string {
  const quote = value.charAt(0);
  return `${quote}${FILTERED}${quote}`;
}
