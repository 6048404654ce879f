const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** A duration in its largest whole unit: `5m`, `90s`, `250ms`. */
export function durationText(milliseconds: number): string {
  const [length, unit] = UNITS.find(([each]) => milliseconds >= each && milliseconds % each === 0) ?? [1, 'ms'];
  return `${milliseconds / length}${unit}`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function percent(part: number, total: number): string {
  return `${Number(((100 * part) / total).toFixed(1))} %`;
}
