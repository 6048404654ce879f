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

const cases = JSON.parse(readFileSync(join(__dirname, 'corpus.json'), 'utf8')) as Case[];

describe('corpus', () => {
  const scrubber = compileScrubber();

  it.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_id, { item, event, gone, kept }) => {
    const before = JSON.stringify(event);
    const type = item ?? (event.type === 'transaction' ? 'transaction' : 'event');
    const sent = JSON.stringify(scrubber.item(type, event));
    expect({
      left: gone.filter((secret) => sent.includes(secret)),
      lost: kept.filter((part) => !sent.includes(part)),
      sent: '',
    }).toEqual({ left: [], lost: [], sent: '' });
    expect(JSON.stringify(event)).toBe(before);
    expect(JSON.stringify(scrubber.item(type, JSON.parse(sent)))).toBe(sent);
  });
});
