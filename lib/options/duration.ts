/**
 * A duration: milliseconds as a number, or a number with a unit: `250`, `'250ms'`, `'2s'`, `'1.5m'`, `'1h'`, `'7d'`.
 *
 * @example
 * ```ts
 * import { type Duration } from 'nestjs-error-tracker';
 *
 * const durations: Duration[] = [250, '250ms', '2s', '1.5m', '1h', '7d'];
 * ```
 */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const FORM = /^(\d+(?:\.\d+)?)\s?(ms|s|m|h|d)$/;

/** The duration in milliseconds, or undefined if the value is invalid (negative, not finite, unknown unit). */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = FORM.exec(value.trim());
  if (!match) return undefined;
  return Number(match[1]) * MILLISECONDS[match[2] as keyof typeof MILLISECONDS];
}
