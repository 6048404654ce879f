/** The responses that a client of the application received. */
export interface Seen {
  latencies: number[];
  /** Responses with the status that the handler produces. */
  right: number;
  wrong: number;
  /** Requests whose process was killed. */
  cutOff: number;
}

export const nothingSeen = (): Seen => ({ latencies: [], right: 0, wrong: 0, cutOff: 0 });

/** Alternates requests that succeed with requests that fail, while `goesOn` returns true. */
export async function load(
  url: () => string | undefined,
  seen: Seen,
  goesOn: () => boolean,
  name: string,
): Promise<void> {
  for (let at = 0; goesOn(); at++) {
    const base = url();
    if (base === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    const [path, status] = at % 2 === 0 ? ['fine', 200] : [`fail/${name} ${at}`, 500];
    const startedAt = performance.now();
    try {
      const response = await fetch(`${base}/${path}`);
      await response.text();
      seen.latencies.push(performance.now() - startedAt);
      if (response.status === status) seen.right++;
      else seen.wrong++;
    } catch {
      seen.cutOff++;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function percentile(values: readonly number[], rank: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * rank))] ?? NaN;
}

export function line(title: string, { latencies, right, wrong, cutOff }: Seen): string {
  const rate = ((100 * right) / Math.max(right + wrong, 1)).toFixed(2);
  const [median, high] = [percentile(latencies, 0.5), percentile(latencies, 0.99)].map((value) => value.toFixed(1));
  return `  ${title.padEnd(14)} ${right + wrong} requests, ${rate} % as expected, median ${median} ms, p99 ${high} ms, ${cutOff} cut off by a kill`;
}
