/** Recall and precision on the corpus, judged as test/scrubbing/corpus.spec.ts does: by what would be sent. */
import { readFileSync } from 'node:fs';

const cases = JSON.parse(readFileSync(new URL('../../scrubbing/corpus.json', import.meta.url), 'utf8'));
const share = (part, whole) => part / whole;

/**
 * @returns `recall`, the share of the strings that must go that are gone; `precision`, the share of those that must stay
 * that are there; `faults`, cases in which it threw (nothing is sent then); `touched`, cases whose input it has changed
 */
export function judge({ run, restore }) {
  const count = { gone: 0, toGo: 0, kept: 0, toKeep: 0, faults: 0, touched: 0 };
  for (const { item, event, gone, kept } of cases) {
    const before = JSON.stringify(event);
    const given = JSON.parse(before);
    let sent = '';
    try {
      sent = JSON.stringify(run(given, item ?? (event.type === 'transaction' ? 'transaction' : 'event'))) ?? '';
      restore?.(given);
    } catch {
      count.faults++;
    }
    if (JSON.stringify(given) !== before) count.touched++;
    count.toGo += gone.length;
    count.toKeep += kept.length;
    count.gone += gone.filter((secret) => !sent.includes(secret)).length;
    count.kept += kept.filter((part) => sent.includes(part)).length;
  }
  const { faults, touched } = count;
  return { recall: share(count.gone, count.toGo), precision: share(count.kept, count.toKeep), faults, touched };
}
