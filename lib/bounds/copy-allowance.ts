import type { CopyLimits } from './bounded-copy.js';

/**
 * What calls that an application may make without end may copy together: so many values and characters at once, and
 * all of them again after a while.
 */
export class CopyAllowance {
  private values: number;
  private characters: number;
  private filledAt: number;

  /**
   * @param refillTime - until everything may be copied again, in milliseconds
   * @param now - milliseconds
   */
  constructor(
    private readonly limits: Required<Pick<CopyLimits, 'values' | 'characters'>>,
    private readonly refillTime: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.values = limits.values;
    this.characters = limits.characters;
    this.filledAt = now();
  }

  /** These limits, or what is left. */
  within<T extends Required<CopyLimits>>(limits: T): T {
    this.refill();
    return {
      ...limits,
      values: Math.min(limits.values, Math.floor(this.values)),
      characters: Math.min(limits.characters, Math.floor(this.characters)),
    };
  }

  spend({ values, characters }: { values: number; characters: number }): void {
    this.values = Math.max(0, this.values - values);
    this.characters = Math.max(0, this.characters - characters);
  }

  private refill(): void {
    const now = this.now();
    const share = (now - this.filledAt) / this.refillTime;
    this.filledAt = now;
    this.values = Math.min(this.limits.values, this.values + this.limits.values * share);
    this.characters = Math.min(this.limits.characters, this.characters + this.limits.characters * share);
  }
}
