import { picker } from './hostile-texts.js';

/** What an envelope is made of, and what a JSON parser spends its time on. */
const PARTS = [
  ...['\n', '\r\n', '{}', '{}\n', '[', ']', '{"a":', '}', '"', '\\', '"]}', ',', 'null', '1'],
  ...['{"type":"event"}\n', '{"type":"event","length":0}\n', '{"type":"event","length":9}\n', '{"type":"a"}\r\n'],
  ...['{"type":"attachment"}\n', '{"type":"event","length":1e9}\n', '{"length":', '\u0000', 'é', '{"type":'],
];

/** A delivery by its length. */
export interface HostileDelivery {
  readonly name: string;
  readonly ofLength: (length: number) => Buffer;
}

/** Builds deliveries out of the parts of envelopes; the same seed builds the same ones. */
export function* hostileDeliveries(seed: number): Generator<HostileDelivery> {
  const pick = picker(seed);
  const part = (): string => PARTS[pick(PARTS.length)] ?? '';
  for (;;) {
    const head = pick(3) === 0 ? part() : '{}\n{"type":"event"}\n';
    const unit = Array.from({ length: 1 + pick(4) }, part).join('');
    const tail = pick(2) === 0 ? '' : part();
    const ofLength = (length: number): Buffer =>
      Buffer.from(head + unit.repeat(Math.ceil(length / unit.length)) + tail);
    yield { name: JSON.stringify([head, unit, tail]), ofLength };
  }
}
