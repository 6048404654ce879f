/**
 * Whether one of many belongs to the share that is kept. Rates of 1 and more keep it, rates of 0 and less drop it,
 * without asking `random`; a rate that is no number keeps it, because a doubt must not lose an error.
 *
 * @param random gives numbers from 0 up to, not including, 1.
 */
export function share(rate: number, random: () => number = Math.random): boolean {
  if (rate >= 1 || Number.isNaN(rate)) return true;
  return rate > 0 && random() < rate;
}
