import { compileOptions } from '../../lib/scrubbing/compile-options.js';
import { Pseudonyms } from '../../lib/scrubbing/cache/pseudonyms.js';
import { CompiledScrubber } from '../../lib/scrubbing/compiled-scrubber.js';
import { DEFAULT_MAX_WORK } from '../../lib/scrubbing/limits/work-meter.js';
import { hostileTexts } from './hostile-texts.js';

/** `npm run fuzz` runs for minutes with a new seed each time; `npm test` runs the same few hundred texts every time. */
const isLong = process.env.FUZZ === 'long';
const seed = Number(process.env.FUZZ_SEED ?? (isLong ? Date.now() % 1e9 : 1));
const count = Number(process.env.FUZZ_TEXTS ?? (isLong ? 20_000 : 300));

/** What doubling a text may multiply the count by. A quadratic rule multiplies it by four. */
const MAX_GROWTH = 2.8;
const LENGTHS = [8_000, 16_000, 32_000];

const unlimited = { maxWork: 1e12, maxStringLength: 10_000_000, maxBytes: 100_000_000 };

/** Steps that scrubbing the text takes, with names and pseudonyms not seen before. */
function stepsOf(text: string): number {
  const rules = compileOptions(unlimited, { pseudonyms: new Pseudonyms('', '') });
  new CompiledScrubber(rules).text(text);
  return rules.work.used;
}

/** Grows faster than the text at every doubling: from some length on, a text may take one more pass. */
function growsFast(text: (length: number) => string): boolean {
  let before = stepsOf(text(4_000));
  return LENGTHS.every((length) => {
    const after = stepsOf(text(length));
    const isFast = after > MAX_GROWTH * before;
    before = after;
    return isFast;
  });
}

describe(`hostile texts (FUZZ_SEED=${seed})`, () => {
  it('take work in proportion to their length', () => {
    const texts = hostileTexts(seed);
    const fast: string[] = [];
    for (let at = 0; at < count; at++) {
      const { name, ofLength } = texts.next().value as { name: string; ofLength: (length: number) => string };
      if (growsFast(ofLength)) fast.push(name);
    }
    expect(fast).toEqual([]);
  }, 3_600_000);

  it('never take more than the limit, and are replaced if they would', () => {
    const rules = compileOptions({}, { pseudonyms: new Pseudonyms('', '') });
    const scrubber = new CompiledScrubber(rules);
    const texts = hostileTexts(seed + 1);
    for (let at = 0; at < count / 4; at++) {
      const { name, ofLength } = texts.next().value as { name: string; ofLength: (length: number) => string };
      const list = Array.from({ length: 40 }, (_, index) => `${index} ${ofLength(60_000)}`);
      scrubber.item('event', { extra: { list } });
      expect([name, rules.work.used < DEFAULT_MAX_WORK * 1.05]).toEqual([name, true]);
    }
  }, 3_600_000);
});
