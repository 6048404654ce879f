/** A seeded source of what differs between two events (mulberry32): the same seed gives the same events on every machine. */
export class Random {
  constructor(seed) {
    this.state = seed;
  }

  /** From 0 up to, not including, `end`. */
  below(end) {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * end);
  }

  pick(values) {
    return values[this.below(values.length)];
  }

  letters(length, alphabet = '0123456789abcdef') {
    let text = '';
    while (text.length < length) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  sentence(words) {
    return Array.from({ length: words }, () => this.pick(WORDS)).join(' ');
  }
}

const WORDS = (
  'order shipped while the warehouse was counting parcels for northern route before noon and customer asked about ' +
  'delivery again because invoice could not be printed in time so agent moved it to next batch with a short note'
).split(' ');
