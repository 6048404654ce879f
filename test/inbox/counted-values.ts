/** The names and values that parsed JSON consists of. */
export function countValues(parsed: unknown): number {
  let count = 0;
  const waiting = [parsed];
  while (waiting.length > 0) {
    const value = waiting.pop();
    count += 1;
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) count += Object.keys(value).length;
    for (const entry of Object.values(value)) waiting.push(entry);
  }
  return count;
}
