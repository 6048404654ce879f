import { compileScrubber } from '../../lib/scrubbing/index.js';
import { UNPREFIXED_KEYS } from '../../lib/scrubbing/texts/secrets/vendors/unprefixed-keys.js';
import { PREFIXED_KEYS } from '../../lib/scrubbing/texts/secrets/vendors/vendor-keys.js';
import { sample } from './held-out/samples.js';

const scrubber = compileScrubber();
const rows = [...PREFIXED_KEYS, ...UNPREFIXED_KEYS].map(
  ([name, form, example, source], at) => [`${name} ${example}`, { name, form, example, source, seed: at + 3 }] as const,
);

/** The characters of a template before its first random ones. */
const headOf = (example: string): string => /^[^{]*/.exec(example)?.[0] ?? '';

/** What begins like this has the form of an IBAN. */
const OTHERWISE_REMOVED = new Set(['GR1348941{w20}']);

describe('keys of vendors', () => {
  it.each(rows)('%s: the example goes, and only that', (_title, { name, form, example, source, seed }) => {
    const key = sample(example, seed);
    expect(key).toMatch(new RegExp(`^(?:${form})$`));
    expect(scrubber.text(`upstream said ${key} is not accepted`)).toMatch(
      /^upstream said \S*\[Filtered:[a-z\d-]+\]\S* is not accepted$/,
    );
    expect(scrubber.text(`upstream said ${key} is not accepted`)).not.toContain(key.slice(-16));
    expect(scrubber.explain(key).rule).toMatch(/^@/);
    expect({ name: /^[a-z\d-]{2,32}$/.test(name), source: source !== '' }).toEqual({ name: true, source: true });
  });

  it.each(rows.filter(([, { example }]) => !OTHERWISE_REMOVED.has(example)))(
    '%s: near misses stay',
    (_title, { example, seed }) => {
      const key = sample(example, seed);
      const head = headOf(example).replace(/[:=]$/, '');
      const misses = [
        `the key begins with ${head} and is missing`,
        `${key.slice(0, Math.max(head.length, 4) + 3)} is too short`,
        `keys look like ${head}${'x'.repeat(Math.max(0, Math.min(8, key.length - head.length - 12)))}`,
      ];
      expect(misses.filter((miss) => scrubber.text(miss) !== miss)).toEqual([]);
    },
  );
});
