import type { WorkMeter } from '../limits/work-meter.js';
import { FILTERED, UNREAD } from '../markers/marker.js';
import { withoutValue } from '../texts/without-value.js';
import { define } from './plain-copy.js';
import type { RemovalLog } from './removal-log.js';

/** A shorter value may be in a message by chance. */
const MIN_LENGTH = 6;
const MAX_ECHOES = 4;
const MAX_MEMBERS = 30;
const MAX_TEXT = 4000;
const QUOTES = /^(["'`])(.*)\1$/s;

/** A value that was removed because another member names it, as other members may quote it. */
export function echoOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_TEXT) return undefined;
  const bare = QUOTES.exec(value)?.[2] ?? value;
  return bare.length < MIN_LENGTH || /^[a-z]+$/i.test(bare) ? undefined : bare;
}

export function addEcho(echoes: readonly string[] | undefined, value: unknown): readonly string[] | undefined {
  const echo = echoOf(value);
  return echo === undefined || (echoes?.length ?? 0) >= MAX_ECHOES ? echoes : [...(echoes ?? []), echo];
}

/** `{ path: ['token'], received: 'x', message: "…, received 'x'" }`: the message repeats what was removed beside it. */
export function removeEchoes(
  copy: Record<string, unknown>,
  echoes: readonly string[],
  work: WorkMeter,
  log: RemovalLog,
): void {
  let count = 0;
  for (const key in copy) {
    if (count++ === MAX_MEMBERS) break;
    const text = copy[key];
    if (Array.isArray(text)) {
      removeFromList(copy, key, text as unknown[], echoes, work, log);
      continue;
    }
    if (typeof text !== 'string' || text === FILTERED || text.length > MAX_TEXT) continue;
    let clean = text;
    for (const echo of echoes) clean = work.isOverdrawn ? UNREAD : withoutValue(clean, echo, work);
    if (clean === text) continue;
    log.path[log.depth - 1] = key;
    log.record(clean, '@password', text.length);
    define(copy, key, clean);
  }
}

/** Elements that repeat the whole value: superstruct's `branch` ends with it. */
function removeFromList(
  copy: Record<string, unknown>,
  key: string,
  list: readonly unknown[],
  echoes: readonly string[],
  work: WorkMeter,
  log: RemovalLog,
): void {
  work.spend(list.length);
  if (!list.some((element) => typeof element === 'string' && echoes.includes(element))) return;
  log.path[log.depth - 1] = key;
  const clean = list.map((element) => (typeof element === 'string' && echoes.includes(element) ? FILTERED : element));
  log.record(FILTERED, '@password', undefined);
  define(copy, key, clean);
}
