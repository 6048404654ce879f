import { compileScrubber } from '../../lib/scrubbing/index.js';
import { BENIGN_KEYS, BENIGN_TEXTS } from './held-out/benign.js';
import { SECRET_COOKIES, SECRET_KEYS } from './held-out/keys.js';
import { ITEMS } from './held-out/items.js';
import { KEY_PLACES, type Placed, TEXT_PLACES } from './held-out/places.js';
import { sample } from './held-out/samples.js';
import { TEXTS } from './held-out/texts.js';
import { FORMS, NAMED } from './held-out/vendors.js';

const scrubber = compileScrubber({ pseudonymKey: 'held-out' });
const sent = ({ type, item }: Placed): string =>
  type === 'attachment' ? scrubber.text(String(item.text)) : JSON.stringify(scrubber.item(type, item));

/** The places in which a secret is left or something harmless is lost; nothing in them when all is well. */
function wrong(
  places: readonly (readonly [string, Placed])[],
  gone: readonly string[],
  kept: readonly string[],
): string[] {
  return places.flatMap(([place, placed]) => {
    const out = sent(placed);
    const plain = decodeURIComponent(out.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')).replaceAll('\\', '');
    const left = gone.filter((part) => out.includes(part) || plain.includes(part.replaceAll('\\', '')));
    const bare = out.replaceAll('\\', '');
    const lost = kept.filter((part) => ![plain, bare].some((text) => text.includes(part.replaceAll('\\', ''))));
    return [...left.map((part) => `${place}: left ${part}`), ...lost.map((part) => `${place}: lost ${part}`)];
  });
}

const inTexts = (text: string): [string, Placed][] =>
  Object.entries(TEXT_PLACES).map(([name, place]) => [name, place(text)]);
const underKey = (key: string, value: unknown): [string, Placed][] =>
  Object.entries(KEY_PLACES).map(([name, place]) => [name, place(key, value)]);

describe('keys of vendors', () => {
  it.each(FORMS.map(([rule, form], at) => [rule, sample(form, at + 3)] as const))('%s', (_rule, key) => {
    const secret = key.replace(/^.*\.(?:com|ai)\/(?:services|workflows|webhookb2|api\/webhooks|code)\//, '');
    expect(wrong(inTexts(`client built with ${key} for shop`), [secret], ['client built with', 'for shop'])).toEqual(
      [],
    );
    expect(wrong(inTexts(key), [secret], [])).toEqual([]);
  });

  it.each(NAMED.map(([vendor, form], at) => [vendor, form, sample(form, at + 7)] as const))(
    '%s %s',
    (vendor, _form, key) => {
      const upper = vendor.toUpperCase();
      for (const text of [
        `${vendor}Token="${key}"`,
        `${vendor}_token: ${key}`,
        `{\n  "${vendor}_token": "${key}"\n}`,
        `<${vendor}Token>\n    ${key}\n</${vendor}Token>`,
        `String ${vendor}Token = "${key}";`,
        `var ${vendor}Token string = "${key}"`,
        `${vendor}Token := \`${key}\``,
        `$${vendor}Token .= "${key}"`,
        `System.setProperty("${upper}_TOKEN", "${key}")`,
        `  "${vendor}Token" => "${key}"`,
        `${vendor}_TOKEN :::= "${key}"`,
        `${vendor}_TOKEN ?= "${key}"`,
        `{"config.ini": "${upper}_TOKEN=${key}\\nBACKUP_ENABLED=true"}`,
        `${vendor} = "${key}"`,
        `${upper}_CLIENT: ${key}`,
      ]) {
        expect(
          wrong(
            [
              ['extra', { type: 'event', item: { extra: { text } } }],
              ['log', { type: 'log', item: { body: text } }],
            ],
            [key],
            [],
          ),
        ).toEqual([]);
      }
      expect(wrong([['extra', { type: 'event', item: { extra: { [vendor]: key } } }]], [key], [])).toEqual([]);
    },
  );
});

describe('names', () => {
  it.each(SECRET_KEYS)('%s (%s)', (key) => {
    expect(wrong(underKey(key, 'Zephyr_quartz'), ['Zephyr_quartz'], [])).toEqual([]);
  });

  it.each(SECRET_COOKIES)('cookie %s (%s)', (name) => {
    const item = (request: object): Placed => ({ type: 'event', item: { request } });
    expect(
      wrong(
        [
          ['object', item({ cookies: { [name]: 'Zephyr_quartz', theme: 'dark-side' } })],
          [
            'pairs',
            item({
              cookies: [
                [name, 'Zephyr_quartz'],
                ['theme', 'dark-side'],
              ],
            }),
          ],
          ['text', item({ cookies: `theme=dark-side; ${name}=Zephyr_quartz` })],
          ['header', item({ headers: { Cookie: `${name}=Zephyr_quartz; theme=dark-side` } })],
          ['response', item({ headers: { 'set-cookie': [`${name}=Zephyr_quartz; Path=/dark-side; HttpOnly`] } })],
          [
            'span',
            {
              type: 'span',
              item: {
                attributes: {
                  [`http.request.header.cookie.${name}`]: { value: 'Zephyr_quartz' },
                  n: { value: 'dark-side' },
                },
              },
            },
          ],
          ['log line', { type: 'log', item: { body: `dark-side\nCookie: ${name}=Zephyr_quartz` } }],
        ],
        ['Zephyr_quartz'],
        ['dark-side'],
      ),
    ).toEqual([]);
  });
});

describe('texts', () => {
  it.each(TEXTS.map((text) => [text[0], text] as const))('%s', (_name, [, text, gone, kept, skipped = []]) => {
    const places = inTexts(text).filter(([name]) => !skipped.includes(name));
    expect(wrong(places, gone, kept)).toEqual([]);
  });
});

describe('items', () => {
  it.each(ITEMS)('%s', (_reason, type, item, gone, kept) => {
    expect(wrong([['', { type, item }]], gone, kept)).toEqual([]);
  });
});

describe('harmless', () => {
  it.each(BENIGN_KEYS)('%s: %j (%s)', (key, value) => {
    expect(wrong(underKey(key, value), [], [JSON.stringify(value).replace(/^"|"$/g, '')])).toEqual([]);
  });

  it.each(BENIGN_TEXTS)('%s (%s)', (text) => {
    expect(wrong(inTexts(text), [], [text])).toEqual([]);
  });
});
