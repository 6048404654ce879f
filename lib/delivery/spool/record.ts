import { crc32 } from 'node:zlib';

/**
 * One envelope in a segment file:
 *
 * | bytes | what                                                              |
 * | ----- | ----------------------------------------------------------------- |
 * | 4     | `NET1`; the digit is the version of this format                   |
 * | 1     | `P`: pending; anything else: done. Overwritten in place           |
 * | 1     | unused, 0                                                         |
 * | 2     | number of counted items                                           |
 * | 8     | when it was queued, milliseconds since 1970, as a double          |
 * | 4     | length of the envelope                                            |
 * | 4     | CRC-32 of bytes 6 to 19 and of the envelope                       |
 * | …     | the envelope                                                      |
 *
 * All numbers are little-endian. An incomplete record does not match its checksum.
 */
export const HEADER_BYTES = 24;
/** Offset of the state within a record. */
export const STATE_OFFSET = 4;
export const DONE = Buffer.from('D');

const MAGIC = Buffer.from('NET1');
const PENDING = 'P'.charCodeAt(0);
const MAX_ITEMS = 0xffff;

/** A complete record found in a segment. */
export interface FoundRecord {
  /** Start within the segment. */
  offset: number;
  /** Length of its envelope. */
  length: number;
  items: number;
  queuedAt: number;
  isPending: boolean;
}

export function encodeRecord(envelope: Buffer, items: number, queuedAt: number): Buffer {
  const record = Buffer.allocUnsafe(HEADER_BYTES + envelope.length);
  MAGIC.copy(record, 0);
  record[STATE_OFFSET] = PENDING;
  record[5] = 0;
  record.writeUInt16LE(Math.min(items, MAX_ITEMS), 6);
  record.writeDoubleLE(queuedAt, 8);
  record.writeUInt32LE(envelope.length, 16);
  envelope.copy(record, HEADER_BYTES);
  record.writeUInt32LE(checksum(record), 20);
  return record;
}

/** The envelope of a record, or undefined if the record is damaged. */
export function envelopeOf(record: Buffer): Buffer | undefined {
  return readRecord(record, 0) ? record.subarray(HEADER_BYTES) : undefined;
}

/**
 * Maximum number of bytes read to check false records, as a multiple of the segment length: each of many forged headers
 * may claim that its record extends to the end.
 */
const MOST_WASTED_READS = 4;

/** All complete records of a segment, and whether it contains anything else. */
export function scanRecords(segment: Buffer): { records: FoundRecord[]; isDamaged: boolean } {
  const records: FoundRecord[] = [];
  let isDamaged = false;
  let wasted = 0;
  let position = 0;
  while (position < segment.length) {
    const record = readRecord(segment, position);
    if (record) {
      records.push(record);
      position += HEADER_BYTES + record.length;
    } else {
      isDamaged = true;
      wasted += claimedBytes(segment, position);
      if (wasted > MOST_WASTED_READS * segment.length) break; // forged, not damaged: the rest is skipped
      const next = segment.indexOf(MAGIC, position + 1);
      position = next < 0 ? segment.length : next;
    }
  }
  return { records, isDamaged };
}

/** The number of bytes read to check a false record. */
function claimedBytes(bytes: Buffer, offset: number): number {
  if (bytes.length - offset < HEADER_BYTES) return 0;
  const length = bytes.readUInt32LE(offset + 16);
  return length > bytes.length - offset - HEADER_BYTES ? 0 : length;
}

function readRecord(bytes: Buffer, offset: number): FoundRecord | undefined {
  if (bytes.length - offset < HEADER_BYTES || MAGIC.compare(bytes, offset, offset + MAGIC.length) !== 0)
    return undefined;
  const length = bytes.readUInt32LE(offset + 16);
  const end = offset + HEADER_BYTES + length;
  if (end > bytes.length) return undefined;
  if (bytes.readUInt32LE(offset + 20) !== checksum(bytes.subarray(offset, end))) return undefined;
  return {
    offset,
    length,
    items: bytes.readUInt16LE(offset + 6),
    queuedAt: bytes.readDoubleLE(offset + 8),
    isPending: bytes[offset + STATE_OFFSET] === PENDING,
  };
}

function checksum(record: Buffer): number {
  return crc32(record.subarray(HEADER_BYTES), crc32(record.subarray(6, 20)));
}
