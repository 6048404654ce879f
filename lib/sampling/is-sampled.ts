/**
 * Draws whether an event is kept at this rate. Rates of 1 and more always keep it, rates of 0 and less always drop it.
 * `NaN` keeps it: when in doubt, no error is lost.
 *
 * @param random returns numbers from 0 up to, not including, 1
 */
export function isSampled(rate: number, random: () => number = Math.random): boolean {
  if (rate >= 1 || Number.isNaN(rate)) return true;
  return rate > 0 && random() < rate;
}
