import type { WorkMeter } from '../../limits/work-meter.js';
import { FILTERED, isMarker } from '../../markers/marker.js';
import type { KeyRules } from '../../names/key-rules.js';
import { mixes } from './mixed-values.js';

/** Values have no upper bound: one that was removed only in part would be removed again, a little more, by each pass. */

/** An opening tag with its attributes, and the text up to the next tag or a CDATA section. */
const ELEMENT = /<([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,500})?)>([^<]+)/g;
/** An opening tag and a CDATA section; what ends the section is searched once for each. */
const SECTION = /<([A-Za-z_][\w.:-]{0,80})(?:\s[^<>]{0,500})?>\s{0,40}<!\[CDATA\[/g;
/** An element that only holds another one with the value: `<password><value>…`, `<setting name="…"><value>…`. */
const NESTED =
  /<([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,500})?)>(\s{0,80}<(?:[\w.-]{1,40}:)?(?:value|string|text|data|current|plain|default|attributevalue)(?:\s[^<>]{0,200})?>)([^<]+)/gi;
/** An element whose attribute names it: `<string name="api_key">…`, `<entry key="password">…`. */
const NAMED =
  /<([A-Za-z_][\w.:-]{0,80}(?:\s[^<>]{0,300})?\s(?:name|key|id)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'][^<>]{0,300})>([^<]+)/gi;
/** The same with angle brackets as entities. */
const ESCAPED = /(&lt;([A-Za-z_][\w.:-]{0,80})(?:\s[^<>&]{0,200})?&gt;)([^<&]+)/g;
/** `<key>password</key><string>…`, Apple's property lists, and elements for name and value. */
const NEXT_ELEMENT =
  /(<(?:[\w.-]{1,40}:)?(key|name)>\s{0,40}([\w.:-]{1,80})\s{0,40}<\/(?:[\w.-]{1,40}:)?\2>(?:\s{0,80}<(?!key>|name>)([\w.:-]{1,40})>[^<]{0,200}<\/\4>){0,3}?\s{0,80}<(?:[\w.-]{1,40}:)?(?:string|value|data|i4|int)>(?:\s{0,40}<(?:string|i4|int|base64)>)?)([^<]+)/gi;

/** `<add key="Password" value="…"/>`, `<input name="password" value="…">`. */
const ATTRIBUTES =
  /(\b(?:key|name)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'][^<>]{0,200}?\b(?:value|content)\s{0,4}=\s{0,4})("[^"<>]*"?|'[^'<>]*'?)/gi;

/** The same with the value before the name. */
const VALUE_FIRST =
  /(<[A-Za-z][\w.:-]{0,80}\s[^<>]{0,200}?\bvalue\s{0,4}=\s{0,4})("[^"<>]{1,1000}"|'[^'<>]{1,1000}')(?=[^<>]{0,200}?\b(?:key|name)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["'])/gi;
/** `wrong password<x>`: neither an element nor the parameter of a type. */
const IN_BRACKETS = /(?<![\w<.-])([A-Za-z_]\w{2,40}) ?<([^<>\s"'`=()[\]{}|,@/]{6,200})>/g;
const PARAMETER = /^[A-Za-z_$][\w.$]*$|^(?:your|my|the|new|old|user|some|an?)[-_]/i;
const STEPS_PER_ELEMENT = 500;
const CDATA = '<![CDATA[';

/** XML and HTML: replaces the text of elements with sensitive names. */
export function scrubXmlElements(text: string, keys: KeyRules, work: WorkMeter): string {
  const attributed = /value|content=/i.test(text) ? scrubAttributes(text, keys) : text;
  const unsectioned = attributed.includes(CDATA) ? scrubSections(attributed, keys) : attributed;
  const clean = unsectioned
    .replace(ELEMENT, (all: string, name: string, attributes: string, content: string) => {
      work.charge(STEPS_PER_ELEMENT);
      const value = content.trim();
      // `<token> is missing`, `Promise<KeyPair>;`: a placeholder or a type, not an element
      return isSecret(value, keys.of(localName(name)).rule) &&
        !/^(?:[ \t;.,`)(>\]]|@[\w.-]|['"](?:[;,.:!?)\s\]}]|$))/.test(content)
        ? `<${name}${attributes}>${content.replace(value, () => FILTERED)}`
        : all;
    })
    .replace(NEXT_ELEMENT, (all: string, head: string, _tag: string, name: string, _other: string, value: string) =>
      isSecret(value.trim(), keys.of(localName(name)).rule) ? head + FILTERED : all,
    );
  if (!clean.includes('</'))
    return clean.replace(IN_BRACKETS, (all: string, name: string, value: string) =>
      mixes(value) && !PARAMETER.test(value) && isSecret(value, keys.of(name).rule)
        ? all.replace(value, FILTERED)
        : all,
    );
  return clean
    .replace(NESTED, (all: string, name: string, attributes: string, inner: string, value: string) => {
      const named = /\s(?:name|key|id)\s{0,4}=\s{0,4}["']([\w.:-]{1,80})["']/i.exec(attributes)?.[1];
      const rule = keys.of(localName(name)).rule ?? (named === undefined ? undefined : keys.of(localName(named)).rule);
      return isSecret(value.trim(), rule) ? `<${name}${attributes}>${inner}${FILTERED}` : all;
    })
    .replace(NAMED, (all: string, tag: string, name: string, value: string) =>
      isSecret(value.trim(), keys.of(localName(name)).rule) ? `<${tag}>${FILTERED}` : all,
    );
}

/** `<password><![CDATA[…]]></password>`: the value may contain brackets. */
function scrubSections(text: string, keys: KeyRules): string {
  let out = '';
  let copied = 0;
  SECTION.lastIndex = 0;
  for (let open = SECTION.exec(text); open; open = SECTION.exec(text)) {
    const start = open.index + open[0].length;
    const close = text.indexOf(']]>', start);
    const end = close === -1 ? text.length : close;
    if (isSecret(text.slice(start, end).trim(), keys.of(localName(open[1] ?? '')).rule)) {
      out += text.slice(copied, start) + FILTERED;
      copied = end;
    }
    SECTION.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** The same in text whose angle brackets are entities. */
export function scrubEscapedElements(text: string, keys: KeyRules): string {
  return text.replace(ESCAPED, (all: string, head: string, name: string, value: string) =>
    isSecret(value.trim(), keys.of(localName(name)).rule) ? head + FILTERED : all,
  );
}

function scrubAttributes(text: string, keys: KeyRules): string {
  return text
    .replace(ATTRIBUTES, (all: string, head: string, name: string, value: string) =>
      isSecret(value.slice(1, -1), keys.of(localName(name)).rule) ? head + quoted(value) : all,
    )
    .replace(VALUE_FIRST, (all: string, head: string, value: string, name: string) =>
      isSecret(value.slice(1, -1), keys.of(localName(name)).rule) ? head + quoted(value) : all,
    );
}

/** Without the prefix of its namespace: `ns2:pin`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function isSecret(value: string, rule: string | undefined): boolean {
  return rule !== undefined && value !== '' && !isMarker(value);
}

function quoted(value: string): string {
  const quote = value.charAt(0);
  return `${quote}${FILTERED}${quote}`;
}
