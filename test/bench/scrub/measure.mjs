/** CPU time of an event, in rounds that interleave everyone, so that a busy machine meets all alike. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeEvents } from './events.mjs';
import { shareParts } from './share-parts.mjs';

const WARM_UP = 3;
const ROUNDS = 15;
/** Of one turn. Who needs longer than `TURN` for them gets fewer from then on. */
const EVENTS = { '4 KB': 250, '40 KB': 30, '400 KB': 3 };
const TURN = 60_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Everyone gets the same events, each parsed anew for each: nothing of a string has been looked at by anybody else. */
function time({ run, restore }, texts, shared) {
  const events = texts.map((text) => (shared ? shareParts(JSON.parse(text)) : JSON.parse(text)));
  collect({ type: 'minor' }); // what the parsing left is not on the bill of whom it happens to meet
  const start = process.cpuUsage();
  for (const event of events) {
    run(event);
    restore?.(event);
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / events.length;
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

/**
 * @param everyone - `run`, and `restore` where it has to be put back; the first is what the others are compared with
 * @returns of each, in that order, the median time of an event in microseconds, and the median of its ratio to the first
 */
export function measure(everyone, size, { dirty, shared }) {
  const rounds = [];
  const counts = everyone.map(() => EVENTS[size]);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const texts = writeEvents(size, dirty, EVENTS[size]);
    const times = [];
    for (let at = 0; at < everyone.length; at++) {
      const turn = (at + round + WARM_UP) % everyone.length;
      times[turn] = time(everyone[turn], texts.slice(0, counts[turn]), shared);
      if (round < 0) counts[turn] = Math.max(1, Math.min(EVENTS[size], Math.floor(TURN / times[turn])));
    }
    if (round >= 0) rounds.push(times);
  }
  return everyone.map((_, at) => ({
    microseconds: median(rounds.map((times) => times[at])),
    ratio: median(rounds.map((times) => times[at] / times[0])),
  }));
}
