import { delivery } from '../../lib/delivery/counts';
import { startTransport, type Parts } from './direct-transport';

const batch = (type: string, members: unknown[]): Parts => [
  {},
  [
    [
      { type, item_count: members.length },
      { version: 2, items: members },
    ],
  ],
];
const span = (at: number, text = '') => ({ name: `span ${at}`, attributes: { text: { type: 'string', value: text } } });

test.each(['span', 'log'])(
  'a %s batch that is too large loses members, and its header says how many are left',
  async (type) => {
    const { transport, sent, dropped } = startTransport();
    const before = delivery.dropped.too_large ?? 0;
    const members = Array.from({ length: 900 }, (_, at) => span(at, `${at} ${'a few words '.repeat(1_000)}`));
    await transport.send(batch(type, members) as never);
    await transport.flush(1_000);
    const [header, payload] = sent[0]![1][0]!;
    expect(payload.items.length).toBeGreaterThan(50);
    expect(payload.items.every((each: unknown) => typeof each === 'object')).toBe(true);
    expect(header.item_count).toBe(payload.items.length);
    const lost = members.length - payload.items.length;
    expect(dropped).toEqual([['cache_overflow', type === 'span' ? 'span' : 'log_item', lost]]);
    expect(delivery.dropped.too_large! - before).toBe(lost);
  },
);

test('an ordinary batch is sent as it is', async () => {
  const { transport, sent, dropped } = startTransport();
  await transport.send(batch('span', [span(1), span(2)]) as never);
  await transport.flush(1_000);
  expect(sent[0]![1]).toEqual([
    [
      { type: 'span', item_count: 2 },
      { version: 2, items: [span(1), span(2)] },
    ],
  ]);
  expect(dropped).toEqual([]);
});
