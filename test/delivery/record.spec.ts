import fc from 'fast-check';
import { DONE, encodeRecord, envelopeOf, scanRecords, STATE_OFFSET } from '../../lib/delivery/spool/record';

const envelopes = fc.array(
  fc.record({
    body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    items: fc.nat(9),
    since: fc.nat(),
  }),
  { maxLength: 8 },
);
const bytesOf = (list: { body: Buffer; items: number; since: number }[]) =>
  list.map(({ body, items, since }) => encodeRecord(body, items, since));

test('a written record reads back', () => {
  fc.assert(
    fc.property(envelopes, (list) => {
      const segment = Buffer.concat(bytesOf(list));
      const { records, isDamaged } = scanRecords(segment);
      expect(isDamaged).toBe(false);
      expect(records.map(({ items, queuedAt: since }) => ({ items, since }))).toEqual(
        list.map(({ items, since }) => ({ items, since })),
      );
      const bodies = records.map(({ offset, length }) => envelopeOf(segment.subarray(offset, offset + 24 + length)));
      expect(bodies).toEqual(list.map(({ body }) => body));
    }),
  );
});

test('a truncated segment yields its complete records, and whether there is more', () => {
  fc.assert(
    fc.property(envelopes, fc.nat(), (list, cut) => {
      const parts = bytesOf(list);
      const whole = Buffer.concat(parts);
      const end = whole.length === 0 ? 0 : cut % (whole.length + 1);
      let [count, length] = [0, 0];
      while (count < parts.length && length + parts[count]!.length <= end) length += parts[count++]!.length;
      const { records, isDamaged } = scanRecords(whole.subarray(0, end));
      expect(records).toHaveLength(count);
      expect(isDamaged).toBe(length !== end);
    }),
  );
});

test('a changed byte loses its record and no other', () => {
  fc.assert(
    fc.property(envelopes, fc.nat(), fc.integer({ min: 1, max: 255 }), (list, at, change) => {
      fc.pre(list.length > 0);
      const segment = Buffer.concat(bytesOf(list));
      const position = at % segment.length;
      segment[position] = segment[position]! ^ change;
      const { records } = scanRecords(segment);
      expect(records.length).toBeGreaterThanOrEqual(list.length - 1);
      expect(records.length).toBeLessThanOrEqual(list.length);
    }),
  );
});

test('arbitrary bytes yield no record and no error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(scanRecords(Buffer.from(bytes)).records).toEqual([]);
    }),
  );
});

test('a record marked as done is not pending', () => {
  const segment = encodeRecord(Buffer.from('sent'), 1, 0);
  DONE.copy(segment, STATE_OFFSET);
  expect(scanRecords(segment)).toMatchObject({ isDamaged: false, records: [{ isPending: false }] });
});
