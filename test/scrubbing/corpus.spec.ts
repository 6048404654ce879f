import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileScrubber } from '../../lib/scrubbing/index.js';

interface Case {
  id: string;
  item?: string;
  event: Record<string, unknown>;
  gone: string[];
  kept: string[];
}

/** The second corpus writes quotes as they are, the first one as they look in JSON. */
const isIn = (sent: string, part: string): boolean =>
  sent.includes(part) || sent.includes(JSON.stringify(part).slice(1, -1));

describe.each(['corpus.json', 'field-corpus.json'])('%s', (file) => {
  const cases = JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Case[];
  const scrubber = compileScrubber();

  it.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_id, { item, event, gone, kept }) => {
    const before = JSON.stringify(event);
    const type = item ?? (event.type === 'transaction' ? 'transaction' : 'event');
    const sent = JSON.stringify(scrubber.item(type, event));
    expect({
      left: gone.filter((secret) => sent.includes(secret)),
      lost: kept.filter((part) => !isIn(sent, part)),
      sent: '',
    }).toEqual({ left: [], lost: [], sent: '' });
    expect(JSON.stringify(event)).toBe(before);
    expect(JSON.stringify(scrubber.item(type, JSON.parse(sent)))).toBe(sent);
  });
});
