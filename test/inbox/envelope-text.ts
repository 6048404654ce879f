/** An envelope as a client sends it, with the length of each item. */
export function envelope(header: object, ...items: Array<[header: object, payload: string | Buffer | object]>): Buffer {
  const parts: Buffer[] = [Buffer.from(JSON.stringify(header))];
  for (const [itemHeader, payload] of items) {
    const bytes = Buffer.isBuffer(payload)
      ? payload
      : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    parts.push(Buffer.from(`\n${JSON.stringify({ ...itemHeader, length: bytes.length })}\n`), bytes);
  }
  return Buffer.concat(parts);
}

/** The shortest envelope with one event. */
export function eventEnvelope(event: object): Buffer {
  return envelope({ event_id: 'ab'.repeat(16) }, [{ type: 'event' }, event]);
}
