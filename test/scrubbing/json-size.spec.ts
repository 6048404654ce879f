import fc from 'fast-check';
import { fitsInto } from '../../lib/scrubbing/items/json-size.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** Also control characters and halves of surrogate pairs. */
const texts = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(texts, tie('value')),
  ),
})).value;

describe('the size of JSON', () => {
  it('is never found to be less than it is', () => {
    fc.assert(
      fc.property(values, (value) => !fitsInto(value, bytesOf(value) - 1)),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is found to be at most one byte more for each value', () => {
    fc.assert(
      fc.property(values, (value) => fitsInto(value, bytesOf(value) + JSON.stringify(value).split(/[,:{[]/).length)),
      { seed: 2, numRuns: 500 },
    );
  });

  it('of a text is exact', () => {
    fc.assert(
      fc.property(texts, (text) => fitsInto(text, bytesOf(text)) && !fitsInto(text, bytesOf(text) - 1)),
      { seed: 3, numRuns: 1_000 },
    );
  });
});
