import { encodeRecord, HEADER_BYTES, scanRecords } from '../../lib/delivery/spool/record.js';

const LENGTH = 1_000_000;

/** A segment full of headers, each of which claims that its record reaches to the end. */
function forged(length: number): Buffer {
  const segment = Buffer.alloc(length);
  for (let at = 0; at + HEADER_BYTES <= length; at += HEADER_BYTES) {
    encodeRecord(Buffer.alloc(0), 1, 0).copy(segment, at);
    segment.writeUInt32LE(length - at - HEADER_BYTES, at + 16);
    segment.writeUInt32LE(0, at + 20);
  }
  return segment;
}

/** Counts the bytes that are read for checksums: each record that is checked is a `subarray` to its end. */
function bytesChecked(segment: Buffer): number {
  let bytes = 0;
  const subarray = segment.subarray.bind(segment);
  segment.subarray = (start = 0, end = segment.length) => {
    bytes += end - start;
    return subarray(start, end);
  };
  scanRecords(segment);
  return bytes;
}

describe('a segment of forged headers', () => {
  it('is not read more than a few times', () => {
    expect(bytesChecked(forged(LENGTH))).toBeLessThan(6 * LENGTH);
  });

  it('costs no record that comes before, and counts as damaged', () => {
    const whole = encodeRecord(Buffer.from('envelope'), 1, 1);
    const { records, isDamaged } = scanRecords(Buffer.concat([whole, forged(10_000)]));
    expect(records).toHaveLength(1);
    expect(isDamaged).toBe(true);
  });

  it('finds the records behind a few of them', () => {
    const whole = encodeRecord(Buffer.alloc(1_000, 1), 1, 1);
    const { records } = scanRecords(Buffer.concat([forged(2 * HEADER_BYTES), whole]));
    expect(records).toHaveLength(1);
  });
});
