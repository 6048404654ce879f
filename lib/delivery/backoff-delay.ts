const INITIAL_DELAY = 1_000;

/** The delay after so many failures: doubles each time. Half of it is random, so that processes do not retry together. */
export function backoffDelay(failures: number, maxDelay: number, random: () => number): number {
  const full = Math.min(INITIAL_DELAY * 2 ** Math.min(failures - 1, 10), maxDelay);
  return full / 2 + (full / 2) * random();
}
