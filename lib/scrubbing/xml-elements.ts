import { FILTERED, isMarker } from './marker.js';
import type { KeyRules } from './key-rules.js';

/** An opening tag, its attributes and the text in it, up to the next tag. */
const ELEMENT = /<([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,500})?)>([^<]+)/g;

/** `<add key="Password" value="…"/>`, `<input name="password" value="…">`. */
const ATTRIBUTES =
  /(\b(?:key|name)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'][^<>]{0,200}?\bvalue\s{0,4}=\s{0,4})("[^"<>]*"?|'[^'<>]*'?)/g;

/** XML and HTML: the text of elements with sensitive names goes. */
export function scrubXmlElements(text: string, keys: KeyRules): string {
  const attributed = text.includes('value')
    ? text.replace(ATTRIBUTES, (all: string, head: string, name: string, value: string) => {
        const quote = value.charAt(0);
        return value.length <= 2 || isMarker(value.slice(1, -1)) || !keys.of(name).rule
          ? all
          : `${head}${quote}${FILTERED}${quote}`;
      })
    : text;
  return attributed.replace(ELEMENT, (all: string, name: string, attributes: string, content: string) => {
    const value = content.trim();
    if (value === '' || isMarker(value) || !keys.of(name).rule) return all;
    return `<${name}${attributes}>${content.replace(value, () => FILTERED)}`;
  });
}
